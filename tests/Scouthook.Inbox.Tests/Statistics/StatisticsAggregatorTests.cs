using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Statistics;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Statistics;

public sealed class StatisticsAggregatorTests : IAsyncDisposable
{
    private readonly AlarmTime _time = new();
    private readonly CountingStore _store = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly StoreClock _clock;
    private readonly StatisticsAggregator _aggregator;

    public StatisticsAggregatorTests()
    {
        _clock = new StoreClock(_time);
        _aggregator = new StatisticsAggregator(
            _store, new SoleNode(), _services.GetRequiredService<IMeterFactory>(), _clock, _time, NullLogger<StatisticsAggregator>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _aggregator.StopAsync(CancellationToken.None);
        _aggregator.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_removed_until_the_age_clock_has_started()
    {
        await RunAsync();
        Assert.Empty(_store.Pruned);

        _clock.Start(new StoredClock(Some.Instant.AddDays(-1), null));
        await _time.ReachAsync(Some.Instant.AddSeconds(12));

        await Eventually.TrueAsync(() => Task.FromResult(_store.Backlogs == 2), "it runs again");
        var age = Assert.Single(_store.Pruned);
        Assert.InRange(age, Some.Instant.AddDays(-1), Some.Instant.AddDays(-1).AddSeconds(12 * AgeClock.MaxSpeed));
    }

    [Fact]
    public async Task Everything_is_counted_first_and_then_removed_step_by_step()
    {
        _store.ToCount = 3;
        _store.ToPrune = 4;
        _clock.Start(new StoredClock(Some.Instant, null));

        await RunAsync();

        Assert.Equal("cccc" + "p" + "cp" + "cp" + "cp" + "cp" + "b", string.Concat(_store.Calls));
    }

    private async Task RunAsync()
    {
        await _aggregator.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => Task.FromResult(_store.Backlogs == 1), "it runs");
    }

    /// <summary>A store with a number of steps to do; it notes the calls.</summary>
    private sealed class CountingStore : IStatisticsStore
    {
        private int _backlogs;

        public int ToCount { get; set; }

        public int ToPrune { get; set; }

        public ConcurrentQueue<char> Calls { get; } = new();

        public ConcurrentQueue<DateTimeOffset> Pruned { get; } = new();

        public int Backlogs => Volatile.Read(ref _backlogs);

        public Task<StepOutcome> CountAsync()
        {
            Calls.Enqueue('c');
            return Task.FromResult(ToCount-- > 0 ? StepOutcome.MoreToDo : StepOutcome.Finished);
        }

        public Task<StepOutcome> PruneAsync(DateTimeOffset age)
        {
            Calls.Enqueue('p');
            Pruned.Enqueue(age);
            return Task.FromResult(ToPrune-- > 0 ? StepOutcome.MoreToDo : StepOutcome.Finished);
        }

        public Task<StatisticsSnapshot> ReadAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<StatisticsSnapshot.Moment>> ReadEndpointAsync(
            Guid endpointId, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<StatisticsSnapshot.Waiting>> BacklogAsync(CancellationToken cancellationToken)
        {
            Calls.Enqueue('b');
            Interlocked.Increment(ref _backlogs);
            return Task.FromResult<IReadOnlyList<StatisticsSnapshot.Waiting>>([]);
        }
    }
}
