namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>The same contract if events are dispatched in the transactions that store them.</summary>
public sealed class SqliteDispatchAlongTests : DispatchContract
{
    private int _along;

    [Fact]
    public async Task Events_are_dispatched_in_the_transaction_that_stores_them()
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http());
        var signal = ((SqliteHarness)Store).Signal.Events;
        await signal.WaitAsync(TimeSpan.Zero, TimeProvider.System, TestContext.Current.CancellationToken);
        var woken = signal.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, TestContext.Current.CancellationToken);

        await Store.AppendAsync(Some.Event());

        Assert.Single(await Store.DeliveriesAsync(endpoint));
        Assert.Equal(1, _along);
        await Task.WhenAny(woken, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.False(woken.IsCompleted, "the dispatcher was woken for nothing");
    }

    [Fact]
    public async Task Dispatching_that_fails_does_not_fail_the_events()
    {
        var store = (SqliteHarness)Store;
        store.Writer.Along = () => new FailingWork();

        await Store.AppendAsync(Some.Event());

        Assert.Equal(1, store.Number("SELECT count(*) FROM event"));
    }

    private protected override async Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider)
    {
        var store = await SqliteHarness.CreateAsync(repeatWindow, timeProvider);
        store.Dispatching.DispatchAlong(outcome => _along += outcome.Deliveries);
        return store;
    }

    private sealed class FailingWork : Scouthook.Inbox.Storage.Sqlite.SqliteWork
    {
        public override bool IsRelaxed => true;

        public override void Run(Scouthook.Inbox.Storage.Sqlite.SqliteSession session)
        {
            session.Statement("DELETE FROM event").Execute();
            throw new InvalidOperationException("a bug in a rule");
        }

        public override void Complete()
        {
        }

        public override void Fail(Exception exception)
        {
        }
    }
}
