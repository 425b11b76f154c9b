using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Dispatching;

/// <summary>Turns stored events into deliveries, woken by the commit that stored them.</summary>
/// <remarks>
/// All state is in the store: after a crash it resumes from the positions of the endpoints, which move in the
/// transaction that writes the deliveries. It also runs every five seconds, as other nodes store events too and a
/// signal may get lost. A store may dispatch in the transactions that store events as well, and signal only what is left.
/// </remarks>
internal sealed class Dispatcher(
    IDispatchStore store, IStoreSignal signal, DispatchMetrics metrics, TimeProvider timeProvider, ILogger<Dispatcher> logger)
    : PeriodicService(TimeSpan.FromSeconds(5), timeProvider, logger, signal.Events)
{
    private readonly TimeProvider _timeProvider = timeProvider;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        store.DispatchAlong(outcome => Note(outcome, _timeProvider.GetUtcNow()));
        return base.StartAsync(cancellationToken);
    }

    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
    {
        var startedAt = _timeProvider.GetUtcNow();
        var outcome = await store.DispatchAsync();
        Note(outcome, startedAt);
        return outcome.IsMoreToDo;
    }

    protected override void LogPostponed(Exception exception) => InboxLog.DispatchPostponed(logger, exception);

    private void Note(DispatchOutcome outcome, DateTimeOffset startedAt)
    {
        metrics.Dispatched(outcome.Deliveries);
        if (outcome.Traced is { } traced)
        {
            // Which events are dispatched is known only afterwards.
            using var activity = EventTrace.StartBatch("scouthook.dispatch", traced.Select(EventTrace.Parent), startedAt);
            activity?.SetTag("scouthook.deliveries", outcome.Deliveries).SetStatus(ActivityStatusCode.Ok);
        }
    }
}
