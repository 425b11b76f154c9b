namespace Scouthook.Inbox.Tests.Storage.PostgreSql;

// Every suite, on a real server. Each class exists only to be found by the test runner.

public sealed class PostgreSqlAccessTests : AccessContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlAuditTests : AuditContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlChangeLogTests : ChangeLogContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlCursorTests : CursorContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlDeclarationTests : DeclarationContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlDeliveryPropertyTests : DeliveryPropertyContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlDispatchTests : DispatchContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlDispatchPropertyTests : DispatchPropertyContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlDispatchVolumeTests : DispatchVolumeContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlEndpointTests : EndpointContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlEventHistoryTests : EventHistoryContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlIdEndingsTests : IdEndingsContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlInboxTests : InboxContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlLeaseAheadTests : LeaseAheadContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlLeaseTests : LeaseContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlNodesTests : NodesContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlReopenTests : ReopenContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlRepeatTests : RepeatContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlReplayTests : ReplayContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlRetentionTests : RetentionContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlSettleTests : SettleContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlSourceSecretTests : SourceSecretContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateEmptyAsync(repeatWindow, timeProvider);
}

public sealed class PostgreSqlStatisticsTests : StatisticsContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        PostgreSqlHarness.CreateAsync(repeatWindow, timeProvider);
}
