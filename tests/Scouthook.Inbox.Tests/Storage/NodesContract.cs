using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store that several nodes may use at once.</summary>
public abstract class NodesContract : StoreContract
{
    private const string Gone = "not declared any more";

    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(45);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_nodes_see_the_events_and_the_endpoints_of_each_other()
    {
        await using var second = await OpenSecondAsync();
        Assert.Empty(await second.Endpoints.ListAsync(Cancel));
        var endpoint = await Store.CreateAsync();
        Assert.Equal(endpoint.Id, Assert.Single(await second.Endpoints.ListAsync(Cancel)).Id);
        Assert.Equal(EndpointState.Enabled, (await Store.FindAsync(endpoint)).State);
        long[] sequences = [await Store.AppendAsync(1), await second.AppendAsync(1), await Store.AppendAsync(1)];

        Assert.Equal(sequences.Order().Distinct(), sequences);
        Assert.Equal(sequences, (await Store.AllAsync()).Select(stored => stored.Sequence));
        Assert.Equal(sequences, (await second.AllAsync()).Select(stored => stored.Sequence));
        Assert.Equal(3, (await second.Changes.ReadAsync(0, 100, Cancel)).Changes.Count);
        await second.DispatchAllAsync();
        Assert.Equal(sequences, await Store.DrainAsync(endpoint));

        await second.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Paused, null);
        Assert.Equal(EndpointState.Paused, (await Store.FindAsync(endpoint)).State);
        Assert.Equal(EndpointState.Paused, Assert.Single(await Store.Endpoints.ListAsync(Cancel)).State);
        Assert.Equal(EndpointState.Paused, (await second.FindAsync(endpoint)).State);
    }

    [Fact]
    public async Task Repeat_is_recognised_whichever_node_received_the_first_request()
    {
        await using var second = await OpenSecondAsync();
        var first = await Store.AppendAsync(Some.Event(key: Some.Key(1)));

        var repeat = await second.AppendAsync(Some.Event(key: Some.Key(1)));

        Assert.Equal((first.Sequence, true), (repeat.Sequence, repeat.IsRepeat));
        Assert.Single(await Store.AllAsync());
    }

    [Fact]
    public async Task Events_dispatched_by_both_nodes_are_delivered_once()
    {
        await using var second = await OpenSecondAsync();
        var endpoint = await Store.CreateAsync();
        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, 1_200).Select(_ => Some.Event())]);

        var isMore = true;
        for (var turn = 0; isMore; turn++)
        {
            Assert.True(turn < 1_000, "dispatching does not come to an end");
            isMore = (await Task.WhenAll(Store.Dispatching.DispatchAsync(), second.Dispatching.DispatchAsync())).Any(outcome => outcome.IsMoreToDo);
        }

        Assert.Equal((await Store.AllAsync()).Select(stored => stored.Sequence), await Store.OwedAsync(endpoint));
    }

    [Fact]
    public async Task Activity_counted_by_both_nodes_is_counted_once()
    {
        await using var second = await OpenSecondAsync();
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: EndpointOrdering.None));
        const int count = 1_200;
        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, count).Select(_ => Some.Event())]);
        await Store.DispatchAllAsync();
        Assert.Equal(count, (await Store.DrainAsync(endpoint)).Count);

        var isMore = true;
        for (var turn = 0; isMore; turn++)
        {
            Assert.True(turn < 1_000, "counting does not come to an end");
            isMore = (await Task.WhenAll(Store.Statistics.CountAsync(), second.Statistics.CountAsync())).Contains(StepOutcome.MoreToDo);
        }

        var counted = await second.Statistics.ReadAsync(Some.Instant.AddHours(-1), Some.Instant, Cancel);
        Assert.Equal(
            (count, count, count),
            (Assert.Single(counted.Events).Events, Assert.Single(counted.Attempts).Attempts, Assert.Single(counted.Delivered).Deliveries));
    }

    [Fact]
    public async Task Replay_carried_out_by_both_nodes_adds_each_delivery_once()
    {
        await using var second = await OpenSecondAsync();
        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, 700).Select(_ => Some.Event())]);
        var endpoint = await Store.CreateAsync();
        var replay = (await second.Replays.CreateAsync(new ReplayRequest { EventTypes = ["*"] })).Replay!;

        var isMore = true;
        for (var turn = 0; isMore; turn++)
        {
            Assert.True(turn < 1_000, "the replay does not come to an end");
            isMore = (await Task.WhenAll(Store.Replays.StepAsync(), second.Replays.StepAsync())).Contains(StepOutcome.MoreToDo);
        }

        var found = await Store.Replays.FindAsync(replay.Id, Cancel);
        Assert.Equal((ReplayState.Done, 700L), (found!.State, found.Added));
        Assert.Equal((await Store.AllAsync()).Select(stored => stored.Sequence), await Store.OwedAsync(endpoint));
    }

    [Fact]
    public async Task Lease_of_one_node_is_respected_by_the_other()
    {
        await using var second = await OpenSecondAsync();
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.AppendAsync(1);
        var other = await Store.AppendAsync(2);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint, most: 1));

        Assert.Equal(other, Assert.Single(await second.LeaseAsync(endpoint)).Event.Sequence);
        await Store.SettleAsync(lease, DeliveryState.Delivered);
        Assert.Equal(lease.Event.Sequence + 1, Assert.Single(await second.LeaseAsync(endpoint)).Event.Sequence);
    }

    [Fact]
    public async Task Node_that_starts_recovers_only_leases_that_have_expired()
    {
        await using var second = await OpenSecondAsync();
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint));

        Assert.Equal(0, await second.At(Some.Instant + LeaseTime - TimeSpan.FromSeconds(1)).Queue.RecoverAsync());
        Assert.Equal(DeliveryState.Leased, (await Store.DeliveryAsync(lease.DeliveryId)).State);
        var expired = Some.Instant + LeaseTime;
        Assert.Equal(1, await second.At(expired).Queue.RecoverAsync());

        Assert.Equal(2, Assert.Single(await second.LeaseAsync(endpoint, expired)).Attempt);
        Assert.Equal(SettleOutcome.LeaseExpired, await Store.At(expired).Queue.SettleAsync(lease.Settlement(DeliveryState.Delivered)));
    }

    [Fact]
    public async Task Lease_taken_ahead_that_another_node_holds_by_now_is_not_started()
    {
        await using var second = await OpenSecondAsync();
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var ahead = Assert.Single((await Store.Queue.LeaseAsync(endpoint.Id, 1, 0, LeaseTime)).Leases);
        var expired = Some.Instant + LeaseTime;
        await second.At(expired).Queue.ExpireLeasesAsync();
        var current = Assert.Single(await second.LeaseAsync(endpoint, expired));

        Assert.Empty(await Store.At(expired).Queue.StartAsync([ahead], LeaseTime));

        await second.SettleAsync(current, DeliveryState.Delivered, expired);
        Assert.Equal(1, (await Store.DeliveryAsync(current.DeliveryId)).Attempts);
    }

    [Fact]
    public async Task Nodes_with_different_declarations_do_not_undo_each_other_in_turn()
    {
        await using var second = await OpenSecondAsync();
        var older = Declaration("older", "crm", "shop");
        var newer = Declaration("newer", "crm", "bus");
        Assert.Equal(DeclarationOutcome.Applied, await DeclareAsync(Store, older, 0));
        Assert.Equal(DeclarationOutcome.Applied, await DeclareAsync(second, newer, 1));
        var declared = await Store.Endpoints.ListAsync(Cancel);

        for (var at = 2; at < 600; at += 30)
        {
            Assert.Equal(DeclarationOutcome.Superseded, await DeclareAsync(Store, older, at));
            Assert.Equal(DeclarationOutcome.Applied, await DeclareAsync(second, newer, at + 1));
        }

        Assert.Equal(
            [("crm", EndpointState.Enabled), ("shop", EndpointState.Disabled), ("bus", EndpointState.Enabled)],
            declared.Select(endpoint => (endpoint.Name, endpoint.State)));
        Assert.Equivalent(declared, await Store.Endpoints.ListAsync(Cancel), strict: true);
        Assert.Equal([Gone], declared.Where(endpoint => endpoint.State is EndpointState.Disabled).Select(endpoint => endpoint.StateReason));
    }

    [Fact]
    public async Task Superseded_declaration_reports_since_when_the_newer_one_exists()
    {
        await using var second = await OpenSecondAsync();
        await DeclareAsync(Store, Declaration("older", "crm"), 0);
        await DeclareAsync(second, Declaration("newer", "crm"), 7);

        var result = await Store.At(Some.Instant.AddSeconds(9)).Endpoints.DeclareAsync(Declaration("older", "crm"));

        Assert.Equal((DeclarationOutcome.Superseded, Some.Instant.AddSeconds(7)), (result.Outcome, result.NewestSeenAt));
    }

    [Fact]
    public async Task Older_declaration_applies_again_once_no_node_declares_the_newer_one()
    {
        await using var second = await OpenSecondAsync();
        var (older, newer) = (Declaration("older", "crm"), Declaration("newer", "crm", "bus"));
        await DeclareAsync(Store, older, 0);
        await DeclareAsync(second, newer, 1);
        var end = 1 + (int)DeclarationRule.LiveFor.TotalSeconds;

        Assert.Equal(DeclarationOutcome.Superseded, await DeclareAsync(Store, older, end - 1));
        Assert.Equal(DeclarationOutcome.Applied, await DeclareAsync(Store, older, end));
        Assert.Equal(DeclarationOutcome.Superseded, await DeclareAsync(second, newer, end + 1));

        var endpoints = await second.Endpoints.ListAsync(Cancel);
        Assert.Equal([EndpointState.Enabled, EndpointState.Disabled], endpoints.Select(endpoint => endpoint.State));
        Assert.Equal(Some.Instant.AddSeconds(end), endpoints[0].DeclaredSince);
    }

    [Fact]
    public async Task Node_in_force_learns_that_another_goes_on_declaring_something_else()
    {
        await using var second = await OpenSecondAsync();
        var (older, newer) = (Declaration("older", "crm"), Declaration("newer", "crm", "bus"));
        await DeclareAsync(Store, older, 0);
        Assert.False(await IsDisputedAsync(second, newer, 1));

        // Shortly after a change, another node may not have it yet.
        Assert.True(await IsDisputedAsync(Store, older, 20));
        Assert.False(await IsDisputedAsync(second, newer, 21));

        Assert.True(await IsDisputedAsync(Store, older, 70));
        Assert.True(await IsDisputedAsync(second, newer, 80));

        // What nobody confirms any more is forgotten.
        Assert.True(await IsDisputedAsync(Store, newer, 90));
        Assert.False(await IsDisputedAsync(second, newer, 70 + (int)DeclarationRule.LiveFor.TotalSeconds));
    }

    private static DesiredEndpointSet Declaration(string fingerprint, params string[] names) => new(
        EndpointOrigin.Configuration,
        fingerprint,
        [.. names.Select(name => new DesiredEndpoint(SomeEndpoint.Http(name), StartPosition.Now))],
        Gone);

    private static async Task<DeclarationOutcome> DeclareAsync(StoreHarness node, DesiredEndpointSet declared, int second) =>
        (await node.At(Some.Instant.AddSeconds(second)).Endpoints.DeclareAsync(declared)).Outcome;

    private static async Task<bool> IsDisputedAsync(StoreHarness node, DesiredEndpointSet declared, int second) =>
        (await node.At(Some.Instant.AddSeconds(second)).Endpoints.DeclareAsync(declared)).IsDisputed;

    private async Task<StoreHarness> OpenSecondAsync()
    {
        var second = await Store.OpenSecondAsync();
        Assert.NotNull(second);
        return second;
    }
}
