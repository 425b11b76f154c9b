using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Retention;

/// <summary>Removes expired data in small steps, so that receiving never waits for it.</summary>
internal sealed class RetentionWorker(
    IRetentionStore store,
    ILeadership leadership,
    LiveInboxSettings settings,
    StoreClock clock,
    TimeProvider timeProvider,
    ILogger<RetentionWorker> logger)
    : PeriodicService(TimeSpan.FromMinutes(1), timeProvider, logger, leadership: leadership)
{
    protected override bool WaitsFirst => true;

    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken) =>
        clock.Age is { } age
        && await store.RemoveAsync(age, settings.Current.Retention, settings.Current.DeadLetterRetention) is StepOutcome.MoreToDo;

    protected override void LogPostponed(Exception exception) => InboxLog.RetentionPostponed(logger, exception);
}
