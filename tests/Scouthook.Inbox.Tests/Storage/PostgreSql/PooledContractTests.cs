namespace Scouthook.Inbox.Tests.Storage.PostgreSql;

// The suites of receiving, leasing and settling, through PgBouncer in transaction mode.

public sealed class PooledInboxTests : InboxContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreatePooledAsync(repeatWindow, timeProvider);
}

public sealed class PooledLeaseTests : LeaseContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreatePooledAsync(repeatWindow, timeProvider);
}

public sealed class PooledNodesTests : NodesContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreatePooledAsync(repeatWindow, timeProvider);
}
