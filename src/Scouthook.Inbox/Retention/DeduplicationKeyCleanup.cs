using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Retention;

/// <summary>
/// Removes old deduplication keys from the store in small steps, so that receiving never waits for it.
/// </summary>
internal sealed class DeduplicationKeyCleanup(
    IRetentionStore store, ILeadership leadership, StoreClock clock, TimeProvider timeProvider, ILogger<DeduplicationKeyCleanup> logger)
    : PeriodicService(TimeSpan.FromMinutes(1), timeProvider, logger, leadership: leadership)
{
    protected override bool WaitsFirst => true;

    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken) =>
        clock.Age is { } age && await store.ForgetKeysAsync(age) is StepOutcome.MoreToDo;

    protected override void LogPostponed(Exception exception)
    {
        if (exception is InboxUnavailableException)
        {
            InboxLog.CleanupPostponed(logger, exception.Message);
        }
        else
        {
            InboxLog.CleanupFailed(logger, exception);
        }
    }
}
