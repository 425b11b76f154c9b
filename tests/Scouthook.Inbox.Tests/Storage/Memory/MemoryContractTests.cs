namespace Scouthook.Inbox.Tests.Storage.Memory;

// Every suite, on a store that belongs to one process. Each class exists only to be found by the test runner.

public sealed class MemoryAccessTests : AccessContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryChangeLogTests : ChangeLogContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryDeliveryPropertyTests : DeliveryPropertyContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryDispatchTests : DispatchContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryDispatchPropertyTests : DispatchPropertyContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryDispatchVolumeTests : DispatchVolumeContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryEndpointTests : EndpointContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryEventHistoryTests : EventHistoryContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryIdEndingsTests : IdEndingsContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryInboxTests : InboxContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryLeaseTests : LeaseContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryReopenTests : ReopenContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryRepeatTests : RepeatContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryReplayTests : ReplayContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryRetentionTests : RetentionContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemorySettleTests : SettleContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryStatisticsTests : StatisticsContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryLeaseAheadTests : LeaseAheadContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryCursorTests : CursorContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryDeclarationTests : DeclarationContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemoryAuditTests : AuditContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}

public sealed class MemorySourceSecretTests : SourceSecretContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider);
}
