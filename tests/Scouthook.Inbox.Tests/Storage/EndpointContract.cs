using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>What every store promises of configuring where events go.</summary>
public abstract class EndpointContract : StoreContract
{
    private const string Gone = "not declared any more";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoint_is_kept_with_all_members()
    {
        var definition = SomeEndpoint.Http("Größe", EndpointOrdering.Strict, ["convo.*", "tag.created"], [5, long.MaxValue])
            with
            { Timeout = TimeSpan.FromSeconds(7), Concurrency = 3, States = EventStates.Ok | EventStates.Unknown };

        var created = await Store.CreateAsync(definition);
        await Store.ReopenAsync();

        var found = await Store.FindAsync(created);
        Assert.Equivalent(definition, found.Definition, strict: true);
        Assert.Equal((EndpointOrigin.Api, EndpointState.Enabled, Some.Instant), (found.Origin, found.State, found.CreatedAt));
        Assert.Equal(found.Key, created.Key);
    }

    [Fact]
    public async Task Name_is_taken_whatever_its_letter_case()
    {
        await Store.CreateAsync(SomeEndpoint.Http("crm"));

        Assert.Null(await Store.Endpoints.CreateAsync(SomeEndpoint.Http("CRM"), StartPosition.Now, Some.Instant));
    }

    [Fact]
    public async Task Declaring_creates_changes_and_disables_and_declaring_again_enables()
    {
        await DeclareAsync(SomeEndpoint.Http("crm"), SomeEndpoint.Http("shop"));
        await DeclareAsync(SomeEndpoint.Http("CRM", events: ["tag.*"]));

        var endpoints = await Store.Endpoints.ListAsync(Cancel);
        Assert.Equal(["CRM", "shop"], endpoints.Select(it => it.Name));
        Assert.Equal(["tag.*"], endpoints[0].Definition.Events);
        Assert.Equal((EndpointState.Disabled, Gone), (endpoints[1].State, endpoints[1].StateReason));

        var sequence = await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        await DeclareAsync(SomeEndpoint.Http("crm"), SomeEndpoint.Http("shop"));
        Assert.Equal([sequence], await Store.DrainAsync(endpoints[1]));
    }

    [Fact]
    public async Task Paused_endpoint_is_paused_when_it_is_declared_again()
    {
        await DeclareAsync(SomeEndpoint.Http("crm"));
        var endpoint = Assert.Single(await Store.Endpoints.ListAsync(Cancel));
        await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Paused, null, Some.Instant);
        await DeclareAsync();
        Assert.Equal((EndpointState.Disabled, Gone), await StateAsync());
        await Store.ReopenAsync();

        await DeclareAsync(SomeEndpoint.Http("crm"));

        Assert.Equal((EndpointState.Paused, null), await StateAsync());
        await DeclareAsync();
        await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Enabled, null, Some.Instant);
        await DeclareAsync(SomeEndpoint.Http("crm"));
        Assert.Equal((EndpointState.Enabled, null), await StateAsync());

        async Task<(EndpointState State, string? Reason)> StateAsync()
        {
            var found = await Store.FindAsync(endpoint);
            return (found.State, found.StateReason);
        }
    }

    [Fact]
    public async Task Endpoint_disabled_for_another_reason_stays_disabled_when_declared()
    {
        await DeclareAsync(SomeEndpoint.Http("crm"));
        var endpoint = Assert.Single(await Store.Endpoints.ListAsync(Cancel));
        await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Disabled, "It is gone.", Some.Instant);

        await DeclareAsync();
        await DeclareAsync(SomeEndpoint.Http("crm"));

        Assert.Equal("It is gone.", (await Store.FindAsync(endpoint)).StateReason);
    }

    [Fact]
    public async Task Name_of_another_origin_or_kind_is_told_and_left_alone()
    {
        var mine = await Store.CreateAsync(SomeEndpoint.Http("crm"));

        Assert.Equal(["Crm"], await DeclareAsync(SomeEndpoint.Http("Crm", events: ["tag.*"]), SomeEndpoint.Http("shop")));

        Assert.Equal(["*"], (await Store.FindAsync(mine)).Definition.Events);
        await DeclareAsync();
        Assert.Equal(EndpointState.Enabled, (await Store.FindAsync(mine)).State);
        Assert.Equal(["shop"], await DeclareAsync(SomeEndpoint.Handler("shop")));
    }

    [Fact]
    public async Task Declaration_without_secrets_keeps_those_that_are_stored()
    {
        await DeclareAsync(SomeEndpoint.Http("crm"));
        await DeclareAsync(SomeEndpoint.Http("crm") with { Secrets = null });
        var endpoint = Assert.Single(await Store.Endpoints.ListAsync(Cancel));
        Assert.Equal([1, 2, 3], endpoint.Definition.Secrets!);

        Assert.True(await Store.Endpoints.SetSecretsAsync(endpoint.Id, [4]));

        Assert.Equal([4], (await Store.FindAsync(endpoint)).Definition.Secrets!);
        Assert.False(await Store.Endpoints.SetSecretsAsync(Some.Id(), [4]));
    }

    [Fact]
    public async Task State_is_set_once_and_disabling_is_told_in_an_operational_event()
    {
        var endpoint = await Store.CreateAsync();

        Assert.True(await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Disabled, "by hand", Some.Instant));
        Assert.False(await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Disabled, "again", Some.Instant));
        Assert.False(await Store.Endpoints.SetStateAsync(Some.Id(), EndpointState.Paused, null, Some.Instant));

        var told = Assert.Single(await Store.OperationalAsync());
        Assert.Equal((OperationalEvent.EndpointDisabled, "Endpoint crm was disabled: by hand"), (told.EventType, told.Title));
        Assert.True(await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Paused, null, Some.Instant));
        Assert.Equal(EndpointState.Paused, (await Store.FindAsync(endpoint)).State);
        Assert.Single(await Store.OperationalAsync());
    }

    private Task<IReadOnlyList<string>> DeclareAsync(params EndpointDefinition[] definitions) => Store.Endpoints.DeclareAsync(
        EndpointOrigin.Configuration,
        [.. definitions.Select(it => new EndpointDeclaration(it, StartPosition.Now))],
        Gone,
        Some.Instant);
}
