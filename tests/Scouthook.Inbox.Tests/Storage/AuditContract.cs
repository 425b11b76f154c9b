using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for the audit entries of changes: one for each change, none where nothing changes.</summary>
public abstract class AuditContract : StoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_change_of_an_endpoint_is_recorded_once()
    {
        var store = Store.Endpoints;
        var (_, created) = await store.CreateAsync(SomeEndpoint.Http(), SomeEndpoint.Secrets, StartPosition.Now, _ => Entry("create"));
        var id = created!.Id;
        await store.ChangeAsync(id, known => known with { Concurrency = 2 }, (before, after) =>
            Entry($"change {before.Definition.Concurrency} to {after.Definition.Concurrency}"));
        await store.ChangeSecretsAsync(id, _ => SecretsChange.Store([4]), Entry("secrets"));
        await store.SetStateAsync(id, EndpointState.Paused, null, Entry("pause"));
        await store.SetStateAsync(id, EndpointState.Enabled, null, Entry("enable"));
        await store.RetryAsync(id, Entry("retry"));
        await store.DeleteAsync(id, _ => Entry("delete"));

        Assert.Equal(["create", "change  to 2", "secrets", "pause", "enable", "retry", "delete"], await ActionsAsync());
    }

    [Fact]
    public async Task Change_of_an_endpoint_that_is_refused_or_changes_nothing_is_not_recorded()
    {
        var store = Store.Endpoints;
        var endpoint = await Store.CreateAsync();
        await store.SetStateAsync(endpoint.Id, EndpointState.Paused, null);

        await store.CreateAsync(SomeEndpoint.Http(), SomeEndpoint.Secrets, StartPosition.Now, _ => Entry("name taken"));
        await store.SetStateAsync(endpoint.Id, EndpointState.Paused, null, Entry("paused already"));
        await store.RetryAsync(endpoint.Id, Entry("retry of a paused endpoint"));
        await store.ChangeSecretsAsync(endpoint.Id, _ => new SecretsChange(EndpointOutcome.TooManySecrets), Entry("secrets refused"));
        await store.SetStateAsync(Some.Id(), EndpointState.Paused, null, Entry("state of none"));
        await store.ChangeAsync(Some.Id(), known => known, (_, _) => Entry("change of none"));
        await store.DeleteAsync(Some.Id(), _ => Entry("delete of none"));
        await Assert.ThrowsAsync<FormatException>(() => store.ChangeAsync<int>(changes =>
        {
            changes.Record(Entry("failed"));
            throw new FormatException("as the test says");
        }));

        Assert.Empty(await ActionsAsync());
    }

    [Fact]
    public async Task Each_change_of_a_delivery_or_a_replay_is_recorded_once()
    {
        var endpoint = await Store.CreateAsync();
        var dead = await Store.DeadLetterAsync(endpoint, later: 0);
        await Store.Replays.RetryAsync(dead.DeliveryId, Entry("retry"));
        await Store.Replays.DiscardAsync(dead.DeliveryId, Entry("discard"));
        var request = new ReplayRequest { EndpointId = endpoint.Id, EventTypes = ["*"] };
        var replay = (await Store.Replays.CreateAsync(request, created => Entry($"replay {created.State}"))).Replay;
        await Store.Replays.StopAsync(replay!.Id, Entry("stop"));

        Assert.Equal(["retry", "discard", "replay Running", "stop"], await ActionsAsync());
    }

    [Fact]
    public async Task Change_of_a_delivery_or_a_replay_that_is_refused_is_not_recorded()
    {
        var endpoint = await Store.CreateAsync();
        var dead = await Store.DeadLetterAsync(endpoint, later: 0);
        await Store.Replays.DiscardAsync(dead.DeliveryId);
        var replay = (await Store.Replays.CreateAsync(new ReplayRequest { EndpointId = endpoint.Id, EventTypes = ["*"] })).Replay;
        await Store.Replays.StopAsync(replay!.Id);

        await Store.Replays.RetryAsync(dead.DeliveryId, Entry("retry of a discarded one"));
        await Store.Replays.DiscardAsync(dead.DeliveryId, Entry("discarded already"));
        await Store.Replays.RetryAsync(Some.Id(), Entry("retry of none"));
        await Store.Replays.DiscardAsync(Some.Id(), Entry("discard of none"));
        await Store.Replays.StopAsync(replay.Id, Entry("stopped already"));
        await Store.Replays.StopAsync(Some.Id(), Entry("stop of none"));
        await Store.Replays.CreateAsync(new ReplayRequest { EventId = Some.Id() }, _ => Entry("replay of none"));
        await Store.Replays.CreateAsync(new ReplayRequest { EndpointId = Some.Id() }, _ => Entry("replay to none"));

        Assert.Empty(await ActionsAsync());
    }

    private static AuditEntry Entry(string action) => new(Some.Instant, "admin", null, action, null, null);

    private async Task<IEnumerable<string>> ActionsAsync() =>
        (await Store.Access.ListAuditAsync(null, 100, Cancel)).Items.Select(entry => entry.Action).Reverse();
}
