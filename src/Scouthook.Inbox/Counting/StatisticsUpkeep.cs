using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.Handling;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Counting;

/// <summary>Counts what happened, some seconds behind, and publishes what waits.</summary>
internal sealed class StatisticsUpkeep : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(12);

    private readonly IStatisticsStore _store;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<StatisticsUpkeep> _logger;
    private readonly Latch _pause = new();
    private volatile IReadOnlyList<Statistics.Waiting> _backlog = [];

    public StatisticsUpkeep(
        IStatisticsStore store, IMeterFactory meters, TimeProvider timeProvider, ILogger<StatisticsUpkeep> logger)
    {
        _store = store;
        _timeProvider = timeProvider;
        _logger = logger;
        var meter = meters.Create(ScouthookTelemetry.MeterName);
        meter.CreateObservableGauge(
            "scouthook.delivery.pending",
            () => _backlog.Select(it => new Measurement<long>(it.Pending, Tag(it))),
            "{delivery}",
            "Deliveries that wait, by endpoint.");
        meter.CreateObservableGauge(
            "scouthook.delivery.dead_letters",
            () => _backlog.Select(it => new Measurement<long>(it.DeadLetters, Tag(it))),
            "{delivery}",
            "Dead letters that nothing has replaced, by endpoint.");
        meter.CreateObservableGauge(
            "scouthook.delivery.oldest_pending.age",
            () => _backlog.Select(it => new Measurement<double>(Age(it), Tag(it))),
            "s",
            "How long the oldest waiting delivery has waited, by endpoint.");
    }

    /// <summary>What waited when it was last counted, of every endpoint.</summary>
    public IReadOnlyList<Statistics.Waiting> Backlog => _backlog;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (!stoppingToken.IsCancellationRequested && await _store.CountAsync())
                {
                }

                _backlog = await _store.BacklogAsync(stoppingToken);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                InboxLog.CountingPostponed(_logger, problem);
            }
            catch (Exception)
            {
                // The end came in the middle of a look.
                return;
            }

            await _pause.WaitAsync(Period, _timeProvider, stoppingToken);
        }
    }

    private double Age(Statistics.Waiting waiting) => waiting.OldestPendingAt is { } oldest
        ? Math.Max(0, (_timeProvider.GetUtcNow() - oldest).TotalSeconds)
        : 0;

    private static KeyValuePair<string, object?> Tag(Statistics.Waiting waiting) =>
        new("scouthook.endpoint", waiting.EndpointId.ToString());
}
