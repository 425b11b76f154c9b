using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>Which commits wait for the disk, and what is shown before.</summary>
public sealed class SqliteSyncTests : IAsyncLifetime
{
    private const string Write = "INSERT INTO upkeep (name, value) VALUES ('test', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1";

    private SqliteHarness _store = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await SqliteHarness.CreateAsync(TimeSpan.FromHours(48), new TwoClocks());

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Only_relaxed_work_is_committed_without_waiting_for_the_disk()
    {
        // More than once: the setting is made when a statement is compiled, so a prepared one would work only once.
        for (var count = 0; count < 3; count++)
        {
            Assert.Equal(2L, await _store.Writer.RunAsync(Mode));
            Assert.Equal(1L, await _store.Writer.RunRelaxedAsync(Mode));
            Assert.Equal(2L, await _store.Writer.ReceiveAsync(Mode, requests: 1));
            Assert.Equal(1L, await _store.Writer.RunRelaxedAsync(Mode));
        }

        static long Mode(SqliteSession session) => (long)session.Statement("PRAGMA synchronous").Scalar()!;
    }

    [Fact]
    public async Task Relaxed_commits_are_shown_once_a_later_commit_has_put_them_on_disk()
    {
        await _store.CreateAsync();
        await _store.AppendAsync(1);
        await _store.Writer.SyncAsync();
        var before = _store.Database.Durable!;

        // Together they are more than a transaction takes, so the store is not idle before the last has run.
        using var isQueued = new ManualResetEventSlim();
        var first = _store.Writer.RunRelaxedAsync(_ => { isQueued.Wait(Cancelled); return true; });
        var dispatched = _store.Dispatching.DispatchAsync();
        var others = Enumerable.Range(0, 100).Select(_ => _store.Writer.RunRelaxedAsync(__ => _store.Database.Durable!)).ToList();
        isQueued.Set();
        await Task.WhenAll(first, dispatched);
        var seen = await Task.WhenAll(others);

        Assert.All(seen, marks => Assert.Equal(before.Deliveries, marks.Deliveries));
        await _store.Writer.SyncAsync();
        Assert.Equal(before.Deliveries + 1, _store.Database.Durable!.Deliveries);
        Assert.Single(await _store.DeliveriesAsync());
    }

    [Fact]
    public async Task Idle_store_puts_relaxed_commits_on_disk_and_signals_followers()
    {
        var endpoint = await _store.CreateAsync();
        await _store.AppendAsync(1);
        await _store.DispatchAllAsync();
        var lease = Assert.Single(await _store.LeaseAsync(endpoint));
        var signaled = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.Signal.Changed += () => signaled.TrySetResult(_store.Database.Durable!.Changes);

        await _store.SettleAsync(lease, DeliveryState.Delivered);

        // The event, and the attempt.
        Assert.Equal(2, await signaled.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancelled));
    }

    [Fact]
    public async Task Commit_that_writes_nothing_puts_nothing_on_disk()
    {
        Assert.True(await _store.Writer.RunAsync(_ => true));
        Assert.Null(await _store.Writer.RunAsync(session => session.Synced));

        Assert.Equal(1, await _store.Writer.RunAsync(session => session.Statement(Write).Execute()));
        Assert.NotNull(await _store.Writer.RunAsync(session => session.Synced));
    }

    [Fact]
    public async Task Failed_attempt_is_on_disk_with_its_operational_events()
    {
        var endpoint = await _store.CreateAsync();
        await _store.AppendAsync(1);
        await _store.DispatchAllAsync();

        await _store.SettleAsync(Assert.Single(await _store.LeaseAsync(endpoint)), DeliveryState.DeadLettered);

        Assert.Equal(2, _store.Database.Durable!.LastSequence);
    }

    [Fact]
    public async Task Leases_whose_events_cannot_be_read_are_given_back()
    {
        var endpoint = await _store.CreateAsync();
        var sequence = await _store.AppendAsync(1);
        await _store.DispatchAllAsync();
        await _store.Writer.RunAsync(session => session.Statement("UPDATE event_body SET sequence = -?1 WHERE sequence = ?1").Execute(sequence));

        await Assert.ThrowsAsync<KeyNotFoundException>(() => _store.LeaseAsync(endpoint));

        var delivery = Assert.Single(await _store.DeliveriesAsync());
        Assert.Equal((DeliveryState.Pending, 0), (delivery.State, delivery.Attempts));
        await _store.Writer.RunAsync(session => session.Statement("UPDATE event_body SET sequence = -sequence WHERE sequence < 0").Execute());
        Assert.Single(await _store.LeaseAsync(endpoint));
    }
}
