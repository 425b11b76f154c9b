using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for declarations, of which the newest is in force as a whole.</summary>
public abstract class DeclarationContract : StoreContract
{
    private const string Gone = "not declared any more";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoints_carry_the_declaration_they_come_from_and_since_when_it_exists()
    {
        var mine = await Store.CreateAsync(SomeEndpoint.Http("mine"));
        var declared = await DeclareAsync(0, "first", "crm", "shop");
        Assert.Equal((DeclarationOutcome.Applied, Some.Instant), (declared.Outcome, declared.NewestSeenAt));
        await DeclareAsync(7, "second", "crm", "bus");
        await Store.ReopenAsync();

        Assert.Equal(
            [("mine", null, null), ("crm", "second", 7), ("shop", "first", 0), ("bus", "second", 7)],
            (await Store.Endpoints.ListAsync(Cancel)).Select(endpoint => (
                endpoint.Name, endpoint.Declaration, (int?)(endpoint.DeclaredSince - Some.Instant)?.TotalSeconds)));
        Assert.Equivalent(mine, await Store.FindAsync(mine), strict: true);
    }

    [Fact]
    public async Task Same_declaration_again_changes_nothing()
    {
        await DeclareAsync(0, "first", "crm", "shop");
        var before = await Store.Endpoints.ListAsync(Cancel);

        foreach (var second in (int[])[0, 1, 1_000])
        {
            var again = await DeclareAsync(second, "first", "crm", "shop");
            Assert.Equal((DeclarationOutcome.Applied, Some.Instant), (again.Outcome, again.NewestSeenAt));
        }

        Assert.Equivalent(before, await Store.Endpoints.ListAsync(Cancel), strict: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task Earlier_declaration_applies_again_at_once_where_no_other_node_can_declare_the_newer_one(int wait)
    {
        if (Store.IsShared)
        {
            await DeclareAsync(0, "first", "crm");
            await DeclareAsync(wait, "second", "crm", "shop");
            var confirmed = wait + (int)DeclarationRule.LiveFor.TotalSeconds;
            Assert.Equal(DeclarationOutcome.Superseded, (await DeclareAsync(confirmed - 1, "first", "crm")).Outcome);
            Assert.Equal(DeclarationOutcome.Applied, (await DeclareAsync(confirmed, "first", "crm")).Outcome);
            return;
        }

        await DeclareAsync(0, "first", "crm");
        await DeclareAsync(wait, "second", "crm", "shop");

        var back = await DeclareAsync(2 * wait, "first", "crm");

        Assert.Equal(DeclarationOutcome.Applied, back.Outcome);
        Assert.True(back.NewestSeenAt > Some.Instant.AddSeconds(wait), "the declaration is not newer than the one it replaces");
        var endpoints = await Store.Endpoints.ListAsync(Cancel);
        Assert.Equal([EndpointState.Enabled, EndpointState.Disabled], endpoints.Select(endpoint => endpoint.State));
        Assert.Equal(("first", back.NewestSeenAt), (endpoints[0].Declaration, endpoints[0].DeclaredSince));
        Assert.Equal(DeclarationOutcome.Applied, (await DeclareAsync(2 * wait, "second", "crm", "shop")).Outcome);
    }

    [Fact]
    public async Task Earlier_declaration_applies_after_a_reopening_once_no_other_node_can_declare_the_newer_one()
    {
        await DeclareAsync(0, "first", "crm");
        await DeclareAsync(1, "second", "crm", "shop");
        await Store.ReopenAsync();
        var live = 1 + (int)DeclarationRule.LiveFor.TotalSeconds;

        // A store of one process has no other node. Elsewhere, the earlier process is one that may still be running.
        Assert.Equal(
            Store.IsShared ? DeclarationOutcome.Superseded : DeclarationOutcome.Applied, (await DeclareAsync(live - 1, "first", "crm")).Outcome);
        Assert.Equal(DeclarationOutcome.Applied, (await DeclareAsync(live, "first", "crm")).Outcome);

        Assert.Equal(
            [EndpointState.Enabled, EndpointState.Disabled], (await Store.Endpoints.ListAsync(Cancel)).Select(endpoint => endpoint.State));
    }

    [Fact]
    public async Task Declarations_of_configuration_and_code_do_not_affect_each_other()
    {
        await DeclareAsync(0, "same", "crm");
        var handler = new DesiredEndpointSet(
            EndpointOrigin.Code, "same", [new DesiredEndpoint(SomeEndpoint.Handler("handler"), StartPosition.Now)], Gone);

        Assert.Equal(DeclarationOutcome.Applied, (await Store.At(Some.Instant.AddSeconds(5)).Endpoints.DeclareAsync(handler)).Outcome);
        Assert.Equal(DeclarationOutcome.Applied, (await DeclareAsync(6, "same", "crm")).Outcome);

        Assert.Equal(
            [("crm", EndpointState.Enabled, Some.Instant), ("handler", EndpointState.Enabled, Some.Instant.AddSeconds(5))],
            (await Store.Endpoints.ListAsync(Cancel)).Select(endpoint => (endpoint.Name, endpoint.State, endpoint.DeclaredSince!.Value)));
    }

    private Task<DeclarationResult> DeclareAsync(int second, string fingerprint, params string[] names) =>
        Store.At(Some.Instant.AddSeconds(second)).Endpoints.DeclareAsync(new DesiredEndpointSet(
            EndpointOrigin.Configuration,
            fingerprint,
            [.. names.Select(name => new DesiredEndpoint(SomeEndpoint.Http(name), StartPosition.Now))],
            Gone));
}
