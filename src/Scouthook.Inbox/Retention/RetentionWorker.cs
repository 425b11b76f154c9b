using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Retention;

/// <summary>Removes expired data in small steps, so that receiving never waits for it.</summary>
internal sealed class RetentionWorker(
    IRetentionStore store,
    LiveInboxSettings settings,
    StoreClock clock,
    TimeProvider timeProvider,
    ILogger<RetentionWorker> logger)
    : PeriodicService(TimeSpan.FromMinutes(1), timeProvider, logger)
{
    private readonly TimeProvider _timeProvider = timeProvider;

    protected override bool WaitsFirst => true;

    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken) =>
        clock.Age is { } age
        && await store.RemoveAsync(
            _timeProvider.GetUtcNow(), age, settings.Current.Retention, settings.Current.DeadLetterRetention);

    protected override void LogPostponed(Exception exception) => InboxLog.RetentionPostponed(logger, exception);
}
