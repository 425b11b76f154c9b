using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Replaying;

/// <summary>Carries out replays chunk by chunk. How far each is stands in the store, so a crash costs nothing.</summary>
internal sealed class Replayer(
    IReplayStore store, StoreSignal signal, TimeProvider timeProvider, ILogger<Replayer> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterProblem = TimeSpan.FromSeconds(1);

    private readonly Latch _pause = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await TryStepAsync(stoppingToken))
            {
                await signal.Replays.WaitAsync(Period, timeProvider, stoppingToken);
            }
        }
    }

    private async Task<bool> TryStepAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await store.StepAsync(timeProvider.GetUtcNow());
        }
        catch (Exception problem)
        {
            InboxLog.ReplayPostponed(logger, problem);
            await _pause.WaitAsync(AfterProblem, timeProvider, stoppingToken);
            return true;
        }
    }
}
