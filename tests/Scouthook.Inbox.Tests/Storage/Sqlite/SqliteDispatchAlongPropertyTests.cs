namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>The same properties if events are dispatched in the transactions that store them.</summary>
public sealed class SqliteDispatchAlongPropertyTests : DispatchPropertyContract
{
    private protected override async Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider)
    {
        var store = await SqliteHarness.CreateAsync(repeatWindow, timeProvider);
        store.Dispatching.DispatchAlong(_ => { });
        return store;
    }
}
