using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>One empty store for one test. A new store implements this class to run all contract suites.</summary>
internal abstract class StoreHarness : IAsyncDisposable
{
    public abstract IInbox Inbox { get; }

    public abstract IEventHistory History { get; }

    public abstract IEndpointStore Endpoints { get; }

    public abstract IDispatchStore Dispatching { get; }

    public abstract IDeliveryQueue Queue { get; }

    public abstract IDeliveryHistory Deliveries { get; }

    public abstract IReplayStore Replays { get; }

    public abstract IRetentionStore Retention { get; }

    public abstract IClockStore Clocks { get; }

    public abstract IStatisticsStore Statistics { get; }

    public abstract IAccessStore Access { get; }

    public abstract IChangeLog Changes { get; }

    public abstract IIdEndings IdEndings { get; }

    /// <summary>Drops everything in memory and opens the store again, as a new process would.</summary>
    public abstract Task ReopenAsync();

    public abstract ValueTask DisposeAsync();

    public async Task<AppendOutcome> AppendAsync(NewEvent added) => Assert.Single(await Inbox.AppendAsync([added]));

    /// <summary>Returns all stored events, oldest first.</summary>
    public async Task<IReadOnlyList<StoredEvent>> AllAsync()
    {
        var all = await ListAllAsync(new EventQuery { Limit = 500 });
        return [.. all.Reverse()];
    }

    /// <summary>Follows <see cref="EventPage.Next"/> to the end, newest first.</summary>
    public async Task<IReadOnlyList<StoredEvent>> ListAllAsync(EventQuery query)
    {
        var all = new List<StoredEvent>();
        for (var before = query.Before; ;)
        {
            var page = await History.ListAsync(query with { Before = before }, TestContext.Current.CancellationToken);
            all.AddRange(page.Events);
            if (page.Next is not { } next)
            {
                return all;
            }

            Assert.True(before is null || next < before, $"paging does not advance: {next} after {before}");
            before = next;
        }
    }
}
