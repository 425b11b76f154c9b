using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Dispatching;

/// <summary>Turns stored events into deliveries, woken by the commit that stored them.</summary>
/// <remarks>
/// Everything it needs is in the store: after a crash it goes on from the positions of the endpoints, which move in the
/// transaction that writes the deliveries.
/// </remarks>
internal sealed class Dispatcher(
    IDispatchStore store, StoreSignal signal, DispatchMetrics metrics, TimeProvider timeProvider, ILogger<Dispatcher> logger)
    : BackgroundService
{
    /// <summary>Other nodes store events too, and a wake-up may get lost.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AfterProblem = TimeSpan.FromSeconds(1);

    private readonly Latch _pause = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isMore = await TryDispatchAsync(stoppingToken);
            if (!isMore)
            {
                await signal.Events.WaitAsync(Longest, timeProvider, stoppingToken);
            }
        }
    }

    /// <returns>Whether to go on at once.</returns>
    private async Task<bool> TryDispatchAsync(CancellationToken stoppingToken)
    {
        try
        {
            var outcome = await store.DispatchAsync(timeProvider.GetUtcNow());
            metrics.Dispatched(outcome.Deliveries);
            return outcome.IsMoreToDo;
        }
        catch (Exception problem)
        {
            // The events stay owed. Whatever it is, trying again is all that can be done, and somebody must see it.
            InboxLog.DispatchPostponed(logger, problem);
            await _pause.WaitAsync(AfterProblem, timeProvider, stoppingToken);
            return true;
        }
    }
}
