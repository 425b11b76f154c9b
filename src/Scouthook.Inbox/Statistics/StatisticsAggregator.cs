using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Scouthook.Handling;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Statistics;

/// <summary>Aggregates statistics, a few seconds behind, removes old ones, and publishes the backlog.</summary>
/// <remarks>Only the leader counts; every node publishes the backlog.</remarks>
internal sealed class StatisticsAggregator : PeriodicService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(12);

    private readonly IStatisticsStore _store;
    private readonly ILeadership _leadership;
    private readonly StoreClock _clock;
    private readonly ILogger<StatisticsAggregator> _logger;
    private readonly OldestPending _oldest;
    private readonly TimeProvider _timeProvider;
    private long _publishedAt;
    private volatile IReadOnlyList<StatisticsSnapshot.Waiting> _backlog = [];

    public StatisticsAggregator(
        IStatisticsStore store,
        ILeadership leadership,
        IMeterFactory meters,
        StoreClock clock,
        TimeProvider timeProvider,
        ILogger<StatisticsAggregator> logger)
        : base(Period, timeProvider, logger)
    {
        _store = store;
        _leadership = leadership;
        _clock = clock;
        _timeProvider = timeProvider;
        _publishedAt = timeProvider.GetTimestamp();
        _logger = logger;
        _oldest = new OldestPending(clock, clock.WallClock);
        var meter = meters.Create(ScouthookTelemetry.MeterName);
        meter.CreateObservableGauge(
            "scouthook.delivery.pending",
            () => _backlog.Select(waiting => new Measurement<long>(waiting.Pending, Tag(waiting))),
            "{delivery}",
            "Pending deliveries, by endpoint.");
        meter.CreateObservableGauge(
            "scouthook.delivery.dead_letters",
            () => _backlog.Select(waiting => new Measurement<long>(waiting.DeadLetters, Tag(waiting))),
            "{delivery}",
            "Dead letters that no replay has replaced, by endpoint.");
        meter.CreateObservableGauge(
            "scouthook.delivery.oldest_pending.age",
            () => _backlog.Select(waiting => new Measurement<double>(_oldest.Age(waiting).TotalSeconds, Tag(waiting))),
            "s",
            "Age of the oldest pending delivery, by endpoint.");
    }

    /// <summary>The pending deliveries of every endpoint, as last counted.</summary>
    public IReadOnlyList<StatisticsSnapshot.Waiting> Backlog => _backlog;

    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
    {
        var isMore = _leadership.IsLeader
            && (await _store.CountAsync() is StepOutcome.MoreToDo
                || (_clock.Age is { } age && await _store.PruneAsync(age) is StepOutcome.MoreToDo));

        // Also while there is much to count: the backlog must not stand still meanwhile.
        if (!isMore || _timeProvider.GetElapsedTime(_publishedAt) >= Period)
        {
            var backlog = await _store.BacklogAsync(stoppingToken);
            _oldest.Note(backlog);
            _backlog = backlog;
            _publishedAt = _timeProvider.GetTimestamp();
        }

        return isMore;
    }

    protected override void LogPostponed(Exception exception) => InboxLog.CountingPostponed(_logger, exception);

    private static KeyValuePair<string, object?> Tag(StatisticsSnapshot.Waiting waiting) =>
        new("scouthook.endpoint", waiting.EndpointId.ToString());
}
