using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Receiving;

/// <summary>Has the store forget old deduplication keys, a little at a time, so that receiving is never held up.</summary>
internal sealed class KeyUpkeep(IInbox inbox, TimeProvider timeProvider, ILogger<KeyUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, timeProvider);
        while (await NextTickAsync(timer, stoppingToken))
        {
            try
            {
                while (await inbox.ForgetKeysAsync(timeProvider.GetUtcNow()))
                {
                    stoppingToken.ThrowIfCancellationRequested();
                }
            }
            catch (InboxUnavailableException problem)
            {
                InboxLog.UpkeepPostponed(logger, problem.Message);
            }
        }
    }

    /// <returns><see langword="false"/> at the end; an exception would be logged as critical when a start fails.</returns>
    private static async Task<bool> NextTickAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
