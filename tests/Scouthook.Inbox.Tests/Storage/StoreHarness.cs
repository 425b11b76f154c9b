using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>One empty store for one test. A new store implements this class to run all contract suites.</summary>
internal abstract class StoreHarness : IAsyncDisposable
{
    /// <summary>The clock of the store.</summary>
    public abstract TimeProvider Time { get; }

    public abstract IStore Lifetime { get; }

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

    public abstract ISourceSecretStore SourceSecrets { get; }

    public abstract IChangeLog Changes { get; }

    public abstract IIdEndings IdEndings { get; }

    /// <summary>True if several nodes may use the same data at once.</summary>
    public virtual bool IsShared => false;

    /// <summary>Drops everything in memory and opens the store again, as a new process would.</summary>
    public abstract Task ReopenAsync();

    /// <summary>Opens the same data as a second node; <see langword="null"/> where a store belongs to one process.</summary>
    public virtual Task<StoreHarness?> OpenSecondAsync() => Task.FromResult<StoreHarness?>(null);

    public abstract ValueTask DisposeAsync();

    /// <summary>Sets the clock of the store before the next step.</summary>
    public StoreHarness At(DateTimeOffset instant)
    {
        if (Time is TwoClocks clocks)
        {
            clocks.TravelTo(instant);
        }

        return this;
    }

    public async Task<AppendOutcome> AppendAsync(NewEvent added) => Assert.Single(await Inbox.AppendAsync([added]));

    /// <summary>Returns all stored events, oldest first.</summary>
    public async Task<IReadOnlyList<StoredEvent>> AllAsync()
    {
        var all = await ListAllAsync(new EventQuery { Limit = 500 });
        return [.. all.Reverse()];
    }

    /// <summary>Follows <see cref="Page{T}.Next"/> to the end, newest first.</summary>
    public async Task<IReadOnlyList<StoredEvent>> ListAllAsync(EventQuery query)
    {
        var all = new List<StoredEvent>();
        var cursors = new HashSet<string>();
        for (var cursor = query.Cursor; ;)
        {
            var page = await History.ListAsync(query with { Cursor = cursor }, TestContext.Current.CancellationToken);
            all.AddRange(page.Items);
            if (page.Next is not { } next)
            {
                return all;
            }

            Assert.True(cursors.Add(next), $"paging does not advance: {next}");
            cursor = next;
        }
    }
}
