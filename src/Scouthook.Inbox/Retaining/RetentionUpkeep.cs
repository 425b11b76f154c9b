using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Retaining;

/// <summary>Removes what has passed its time, in small pieces, so that receiving is never held up.</summary>
internal sealed class RetentionUpkeep(
    IRetentionStore store, LiveInboxSettings settings, TimeProvider timeProvider, ILogger<RetentionUpkeep> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Latch _pause = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _pause.WaitAsync(Period, timeProvider, stoppingToken);
            try
            {
                while (!stoppingToken.IsCancellationRequested
                    && await store.RemoveAsync(
                        timeProvider.GetUtcNow(), settings.Current.Retention, settings.Current.DeadLetterRetention))
                {
                }
            }
            catch (Exception problem)
            {
                InboxLog.RetentionPostponed(logger, problem);
            }
        }
    }
}
