namespace Scouthook.Inbox.Tests.Storage.Memory;

// The suites whose subject depends on how many nodes there are, on a store that several of them may use at once.

public sealed class SharedMemoryDeliveryPropertyTests : DeliveryPropertyContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider, isShared: true);
}

public sealed class SharedMemoryEndpointTests : EndpointContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider, isShared: true);
}

public sealed class SharedMemoryLeaseTests : LeaseContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider, isShared: true);
}

public sealed class SharedMemoryNodesTests : NodesContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider, isShared: true);
}

public sealed class SharedMemorySettleTests : SettleContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider, isShared: true);
}

public sealed class SharedMemoryLeaseAheadTests : LeaseAheadContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider, isShared: true);
}

public sealed class SharedMemoryDeclarationTests : DeclarationContract
{
    private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        MemoryHarness.CreateAsync(repeatWindow, timeProvider, isShared: true);
}
