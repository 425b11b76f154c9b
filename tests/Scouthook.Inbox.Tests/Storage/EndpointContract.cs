using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for configuring endpoints.</summary>
public abstract class EndpointContract : StoreContract
{
    private const string Gone = "not declared any more";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoint_is_stored_with_all_members()
    {
        var definition = SomeEndpoint.Http("Größe", EndpointOrdering.Strict, ["convo.*", "tag.created"], [5, long.MaxValue])
            with
            { Timeout = TimeSpan.FromSeconds(7), Concurrency = 3, States = EventStates.Ok | EventStates.Unknown };

        var created = await Store.CreateAsync(definition);
        await Store.ReopenAsync();

        var found = await Store.FindAsync(created);
        Assert.Equivalent(definition, found.Definition, strict: true);
        Assert.Equal((EndpointOrigin.Api, EndpointState.Enabled, Some.Instant), (found.Origin, found.State, found.CreatedAt));
        Assert.Equal(found.Id, created.Id);
    }

    [Fact]
    public async Task Name_is_unique_regardless_of_case()
    {
        await Store.CreateAsync(SomeEndpoint.Http("crm"));

        Assert.Equal(
            new EndpointResult(EndpointOutcome.NameTaken),
            await Store.Endpoints.CreateAsync(SomeEndpoint.Http("CRM"), SomeEndpoint.Secrets, StartPosition.Now));
    }

    [Fact]
    public async Task Reconciling_creates_updates_and_disables_and_declaring_again_enables()
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
    public async Task Paused_endpoint_stays_paused_when_declared_again()
    {
        await DeclareAsync(SomeEndpoint.Http("crm"));
        var endpoint = Assert.Single(await Store.Endpoints.ListAsync(Cancel));
        await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Paused, null);
        await DeclareAsync();
        Assert.Equal((EndpointState.Disabled, Gone), await StateAsync());
        await Store.ReopenAsync();

        await DeclareAsync(SomeEndpoint.Http("crm"));

        Assert.Equal((EndpointState.Paused, null), await StateAsync());
        await DeclareAsync();
        await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Enabled, null);
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
        await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Disabled, "It is gone.");

        await DeclareAsync();
        await DeclareAsync(SomeEndpoint.Http("crm"));

        Assert.Equal("It is gone.", (await Store.FindAsync(endpoint)).StateReason);
    }

    [Fact]
    public async Task Name_used_by_another_origin_or_kind_is_reported_and_left_unchanged()
    {
        var mine = await Store.CreateAsync(SomeEndpoint.Http("crm"));

        Assert.Equal(["Crm"], await DeclareAsync(SomeEndpoint.Http("Crm", events: ["tag.*"]), SomeEndpoint.Http("shop")));

        Assert.Equal(["*"], (await Store.FindAsync(mine)).Definition.Events);
        await DeclareAsync();
        Assert.Equal(EndpointState.Enabled, (await Store.FindAsync(mine)).State);
        Assert.Equal(["shop"], await DeclareAsync(SomeEndpoint.Handler("shop")));
    }

    [Fact]
    public async Task Reconciling_compares_the_secret_with_the_stored_one()
    {
        Assert.Null(await DeclareAsync(_ => SecretsChange.Store(SomeEndpoint.Secrets)));
        Assert.Equal([1, 2, 3], (await DeclareAsync(_ => new SecretsChange(EndpointOutcome.Unchanged)))!);
        Assert.Equal([1, 2, 3], (await DeclareAsync(known => SecretsChange.Store([.. known!.Secrets!, 4])))!);

        Assert.Equal([1, 2, 3, 4], Assert.Single(await Store.Endpoints.ListAsync(Cancel)).Secrets!);

        // A store may ask twice, if its transaction runs again.
        async Task<byte[]?> DeclareAsync(Func<WebhookEndpoint?, SecretsChange> secrets)
        {
            byte[]? seen = [];
            var desired = new DesiredEndpoint(SomeEndpoint.Http("crm"), StartPosition.Now)
            {
                Secrets = known =>
                {
                    seen = known?.Secrets;
                    return secrets(known);
                },
            };
            await Store.DeclareAsync(Gone, desired);
            return seen;
        }
    }

    [Fact]
    public async Task Same_declaration_again_changes_nothing_and_is_not_recorded()
    {
        var declared = new DesiredEndpointSet(
            EndpointOrigin.Configuration, "a", [new DesiredEndpoint(SomeEndpoint.Http("crm"), StartPosition.Now)], Gone);
        await Store.Endpoints.DeclareAsync(declared);
        var first = Assert.Single(await Store.Endpoints.ListAsync(Cancel));
        var recorded = new List<WebhookEndpoint?>();

        await Store.At(Some.Instant.AddHours(1)).Endpoints.DeclareAsync(declared, (before, after) =>
        {
            recorded.Add(before == after ? null : after);
            return null;
        });

        var again = Assert.Single(await Store.Endpoints.ListAsync(Cancel));
        Assert.Equal((first.Revision, first.Declaration, first.DeclaredSince), (again.Revision, again.Declaration, again.DeclaredSince));
        Assert.All(recorded, Assert.Null);
    }

    [Fact]
    public async Task Concurrent_changes_each_build_on_the_previous_one()
    {
        const int each = 20;
        var endpoint = await Store.CreateAsync();

        var changes = Enumerable.Range(1, each).SelectMany(number => new Task[]
        {
            Store.Endpoints.ChangeAsync(endpoint.Id, known => known with { MailboxIds = [.. known.MailboxIds, number] }),
            Store.Endpoints.ChangeAsync(endpoint.Id, known => known with { Concurrency = (known.Concurrency ?? 0) + 1 }),
            Store.Endpoints.ChangeSecretsAsync(
                endpoint.Id, known => SecretsChange.Store([.. known.Secrets!, (byte)number])),
        });
        await Task.WhenAll(changes);

        var found = await Store.FindAsync(endpoint);
        Assert.Equal(Enumerable.Range(1, each).Select(number => (long)number), found.Definition.MailboxIds.Order());
        Assert.Equal(each, found.Definition.Concurrency);
        Assert.Equal(3 + each, found.Secrets!.Length);
        Assert.Equal(endpoint.Revision + (3 * each), found.Revision);
    }

    [Fact]
    public async Task Change_that_is_not_allowed_is_rejected_with_the_reason_and_changes_nothing()
    {
        var crm = await Store.CreateAsync(SomeEndpoint.Http("crm"));
        await Store.CreateAsync(SomeEndpoint.Http("shop"));
        await DeclareAsync(SomeEndpoint.Http("declared"));
        var declared = (await Store.Endpoints.ListAsync(Cancel))[2];

        Assert.Equal(EndpointOutcome.NameTaken, (await ChangeAsync(crm.Id, known => known with { Name = "Shop" })).Outcome);
        Assert.Equal(EndpointOutcome.NotFound, (await ChangeAsync(Some.Id(), known => known)).Outcome);
        Assert.Equal(EndpointOutcome.Declared, (await ChangeAsync(declared.Id, known => known)).Outcome);
        Assert.Equal(EndpointOutcome.Declared, (await Store.Endpoints.DeleteAsync(declared.Id)).Outcome);
        Assert.Equal(EndpointOutcome.NotFound, (await Store.Endpoints.DeleteAsync(Some.Id())).Outcome);
        Assert.Equal(
            EndpointOutcome.NotFound,
            (await Store.Endpoints.ChangeSecretsAsync(Some.Id(), _ => SecretsChange.Store([4]))).Outcome);
        Assert.Equal(
            EndpointOutcome.TooManySecrets,
            (await Store.Endpoints.ChangeSecretsAsync(crm.Id, _ => new SecretsChange(EndpointOutcome.TooManySecrets))).Outcome);

        Assert.Equivalent(crm, await Store.FindAsync(crm), strict: true);

        Task<EndpointResult> ChangeAsync(Guid id, Func<EndpointDefinition, EndpointDefinition> change) =>
            Store.Endpoints.ChangeAsync(id, change);
    }

    [Fact]
    public async Task Exception_in_a_change_reaches_only_its_caller()
    {
        var endpoint = await Store.CreateAsync();

        var failing = Store.Endpoints.ChangeAsync(endpoint.Id, _ => throw new FormatException("as the test says"));
        var others = Enumerable.Range(1, 20).Select(number => Store.Endpoints.ChangeAsync(endpoint.Id, known => known with { MailboxIds = [.. known.MailboxIds, number] })).ToList();

        await Assert.ThrowsAsync<FormatException>(() => failing);
        Assert.All(await Task.WhenAll(others), result => Assert.Equal(EndpointOutcome.Done, result.Outcome));
        Assert.Equal(20, (await Store.FindAsync(endpoint)).Definition.MailboxIds.Count);
    }

    [Fact]
    public async Task Endpoint_no_longer_declared_can_be_edited_whatever_its_state_was()
    {
        // An endpoint disabled before it was removed could once never be deleted, because it counted as declared forever.
        await DeclareAsync(SomeEndpoint.Http("gone"), SomeEndpoint.Http("resumed"));
        var endpoints = await Store.Endpoints.ListAsync(Cancel);
        await Store.Endpoints.SetStateAsync(endpoints[0].Id, EndpointState.Disabled, "It is gone.");
        await DeclareAsync();
        await Store.Endpoints.SetStateAsync(endpoints[1].Id, EndpointState.Enabled, null);
        await DeclareAsync();

        Assert.Equal("It is gone.", (await Store.FindAsync(endpoints[0])).StateReason);
        Assert.Equal(EndpointState.Enabled, (await Store.FindAsync(endpoints[1])).State);
        foreach (var endpoint in endpoints)
        {
            Assert.Equal(EndpointOutcome.Done, (await Store.Endpoints.DeleteAsync(endpoint.Id)).Outcome);
        }
    }

    [Fact]
    public async Task Outcome_of_an_attempt_started_before_a_resume_does_not_disable_the_endpoint()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint));
        await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Paused, null);
        await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Enabled, null);

        await Store.Queue.SettleAsync(lease.Gone());

        Assert.Equal(EndpointState.Enabled, (await Store.FindAsync(endpoint)).State);
    }

    [Fact]
    public async Task Lease_has_the_stored_secrets_whatever_its_worker_knows()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        await Store.Endpoints.ChangeSecretsAsync(endpoint.Id, _ => SecretsChange.Store([4]));

        Assert.Equal([4], Assert.Single(await Store.LeaseAsync(endpoint)).Endpoint.Secrets!);
    }

    [Fact]
    public async Task State_is_set_once_and_disabling_raises_an_operational_event()
    {
        var endpoint = await Store.CreateAsync();

        Assert.Equal(EndpointOutcome.Done, await SetAsync(endpoint.Id, EndpointState.Disabled, "by hand"));
        Assert.Equal(EndpointOutcome.Unchanged, await SetAsync(endpoint.Id, EndpointState.Disabled, "again"));
        Assert.Equal(EndpointOutcome.NotFound, await SetAsync(Some.Id(), EndpointState.Paused, null));

        var raised = Assert.Single(await Store.OperationalAsync());
        Assert.Equal((OperationalEvent.EndpointDisabled, "Endpoint crm was disabled: by hand"), (raised.EventType, raised.Facts.Title));
        Assert.Equal(EndpointOutcome.Done, await SetAsync(endpoint.Id, EndpointState.Paused, null));
        Assert.Equal(EndpointState.Paused, (await Store.FindAsync(endpoint)).State);
        Assert.Single(await Store.OperationalAsync());

        async Task<EndpointOutcome> SetAsync(Guid id, EndpointState state, string? reason) =>
            (await Store.Endpoints.SetStateAsync(id, state, reason)).Outcome;
    }

    private Task<IReadOnlyList<string>> DeclareAsync(params EndpointDefinition[] definitions) =>
        Store.DeclareAsync(Gone, [.. definitions.Select(it => new DesiredEndpoint(it, StartPosition.Now))]);
}
