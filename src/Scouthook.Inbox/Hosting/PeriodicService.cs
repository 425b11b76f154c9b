using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.Handling;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Hosting;

/// <summary>Runs a unit of work periodically, whatever fails.</summary>
/// <remarks>
/// One rule for all: an exception is logged once a minute while it lasts, and the work is retried after one second,
/// then two, four, and so on up to its period or a minute, unless it is urgent. Only cancellation ends it: an exception that escaped would
/// stop the host.
/// </remarks>
/// <param name="period">The time between two runs.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Logs failures.</param>
/// <param name="wake">Starts the next run early.</param>
/// <param name="leadership">
/// Given for work that only one node may do: runs are skipped while another one leads. <see langword="null"/> for work of
/// every node.
/// </param>
internal abstract class PeriodicService(
    TimeSpan period,
    TimeProvider timeProvider,
    ILogger logger,
    AsyncAutoResetEvent? wake = null,
    ILeadership? leadership = null)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LogAgainAfter = TimeSpan.FromMinutes(1);

    private readonly AsyncAutoResetEvent _wake = wake ?? new AsyncAutoResetEvent();
    private readonly AsyncAutoResetEvent _pause = new();

    /// <summary>True if the first run waits for one period.</summary>
    protected virtual bool WaitsFirst => false;

    /// <summary>True while receiving depends on the next run: failed, it is retried every second.</summary>
    protected virtual bool IsUrgent => false;

    /// <summary>Does one unit of work.</summary>
    /// <returns>Whether to continue at once; otherwise after the period, or when signaled.</returns>
    protected abstract Task<bool> RunOnceAsync(CancellationToken stoppingToken);

    /// <summary>Logs that a run failed and will be retried.</summary>
    protected abstract void LogPostponed(Exception exception);

    /// <summary>Called when no further run follows.</summary>
    protected virtual Task EndAsync() => Task.CompletedTask;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (WaitsFirst)
        {
            await _wake.WaitAsync(period, timeProvider, stoppingToken);
        }

        var failures = 0;
        var loggedAt = 0L;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var isMore = leadership?.IsLeader is not false && await RunOnceAsync(stoppingToken);
                if (failures > 0)
                {
                    LogGuard.Run(() => InboxLog.PeriodicWorkContinues(logger, GetType().Name, failures));
                    failures = 0;
                }

                if (!isMore)
                {
                    await _wake.WaitAsync(period, timeProvider, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                if (failures++ == 0 || timeProvider.GetElapsedTime(loggedAt) >= LogAgainAfter)
                {
                    loggedAt = timeProvider.GetTimestamp();
                    LogGuard.Run(() => LogPostponed(exception));
                }

                await _pause.WaitAsync(Pause(failures), timeProvider, stoppingToken);
            }
        }

        await EndAsync();
    }

    private TimeSpan Pause(int failures)
    {
        if (IsUrgent)
        {
            return FirstPause;
        }

        var longest = period < Minute ? period : Minute;
        var pause = FirstPause * Math.Pow(2, Math.Min(failures - 1, 20));
        return pause < longest ? pause : longest;
    }
}
