using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Memory;

/// <summary>A store in memory: as simple as the contracts allow, so that the suites demand nothing else.</summary>
internal sealed class MemoryHarness : StoreHarness
{
    private readonly MemoryData _data;
    private Parts _parts;

    private MemoryHarness(MemoryData data, bool isShared)
    {
        _data = data;
        IsShared = isShared;
        _parts = Make();
    }

    public override bool IsShared { get; }

    public override TimeProvider Time => _data.TimeProvider;

    public override IStore Lifetime { get; } = new MemoryStore();

    public override IInbox Inbox => _parts.Inbox;

    public override IEventHistory History => _parts.History;

    public override IEndpointStore Endpoints => _parts.Endpoints;

    public override IDispatchStore Dispatching => _parts.Queue;

    public override IDeliveryQueue Queue => _parts.Queue;

    public override IDeliveryHistory Deliveries => _parts.Deliveries;

    public override IReplayStore Replays => _parts.Replays;

    public override IRetentionStore Retention => _parts.Retention;

    public override IClockStore Clocks => _parts.Clocks;

    public override IStatisticsStore Statistics => _parts.Statistics;

    public override IAccessStore Access => _parts.Access;

    public override ISourceSecretStore SourceSecrets => _parts.SourceSecrets;

    public override IChangeLog Changes => _parts.Changes;

    public override IIdEndings IdEndings => _parts.IdEndings;

    /// <param name="repeatWindow">The repeat window.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="isShared">Whether several nodes may use it at once.</param>
    /// <param name="mistake">The mistake it makes.</param>
    public static Task<StoreHarness> CreateAsync(
        TimeSpan repeatWindow, TimeProvider timeProvider, bool isShared = false, MemoryMistake mistake = MemoryMistake.None) =>
        Task.FromResult<StoreHarness>(new MemoryHarness(new MemoryData(repeatWindow, timeProvider, mistake), isShared));

    public override Task ReopenAsync()
    {
        _data.Reopen();
        _parts = Make();
        return Task.CompletedTask;
    }

    public override Task<StoreHarness?> OpenSecondAsync() =>
        Task.FromResult<StoreHarness?>(IsShared ? new MemoryHarness(_data, isShared: true) : null);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Parts Make()
    {
        var node = new NodeIdentity(Some.Id(), IsAlone: !IsShared);
        return new Parts(
            new MemoryInbox(_data), new MemoryEventHistory(_data), new MemoryEndpointStore(_data, node),
            new MemoryDeliveryQueue(_data, node), new MemoryDeliveryHistory(_data), new MemoryReplayStore(_data),
            new MemoryRetentionStore(_data), new MemoryClockStore(_data), new MemoryStatisticsStore(_data),
            new MemoryAccessStore(_data), new MemoryChangeLog(_data), new MemoryIdEndings(_data), new MemorySourceSecretStore(_data));
    }

    private sealed record Parts(
        MemoryInbox Inbox,
        MemoryEventHistory History,
        MemoryEndpointStore Endpoints,
        MemoryDeliveryQueue Queue,
        MemoryDeliveryHistory Deliveries,
        MemoryReplayStore Replays,
        MemoryRetentionStore Retention,
        MemoryClockStore Clocks,
        MemoryStatisticsStore Statistics,
        MemoryAccessStore Access,
        MemoryChangeLog Changes,
        MemoryIdEndings IdEndings,
        MemorySourceSecretStore SourceSecrets);
}
