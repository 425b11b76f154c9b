using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Dispatching;

/// <summary>Turns stored events into deliveries, woken by the commit that stored them.</summary>
/// <remarks>
/// All state is in the store: after a crash it resumes from the positions of the endpoints, which move in the
/// transaction that writes the deliveries. It also runs every five seconds, as other nodes store events too and a
/// signal may get lost.
/// </remarks>
internal sealed class Dispatcher(
    IDispatchStore store, IStoreSignal signal, DispatchMetrics metrics, TimeProvider timeProvider, ILogger<Dispatcher> logger)
    : PeriodicService(TimeSpan.FromSeconds(5), timeProvider, logger, signal.Events)
{
    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
    {
        var outcome = await store.DispatchAsync();
        metrics.Dispatched(outcome.Deliveries);
        return outcome.IsMoreToDo;
    }

    protected override void LogPostponed(Exception exception) => InboxLog.DispatchPostponed(logger, exception);
}
