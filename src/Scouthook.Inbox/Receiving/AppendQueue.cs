using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.Events;
using Scouthook.Handling;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Receiving;

/// <summary>Group commit: requests that arrive while one batch is being committed form the next.</summary>
/// <remarks>
/// A commit waits for the disk; how many events it holds costs little. So nothing is delayed to make batches larger:
/// under light load an event waits for one commit, under heavy load the batches grow by themselves.
/// </remarks>
internal sealed class AppendQueue(
    IInbox inbox, LiveInboxSettings settings, InboxMetrics metrics, TimeProvider timeProvider, ILogger<AppendQueue> logger)
    : BackgroundService
{
    private const int MaxBatch = 512;
    private const long MaxBatchBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly Channel<PendingAppend> _waiting =
        Channel.CreateUnbounded<PendingAppend>(new UnboundedChannelOptions { SingleReader = true });

    private long _bytes;

    /// <summary>Takes a request, unless too many bytes wait already or the app is stopping.</summary>
    public bool TryAdd(PendingAppend pending)
    {
        if (Interlocked.Add(ref _bytes, pending.Cost) <= settings.Current.MaxBytesInFlight
            && _waiting.Writer.TryWrite(pending))
        {
            return true;
        }

        Interlocked.Add(ref _bytes, -pending.Cost);
        return false;
    }

    /// <summary>Commits what has been taken, then ends. Nothing new is taken.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } running)
        {
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs until the queue is completed; the token is not used, so that a stop never drops what was taken.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<PendingAppend>(MaxBatch);
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            Collect(batch);
            if (batch.Count > 0)
            {
                await CommitAsync(batch);
                batch.Clear();
            }
        }
    }

    private void Collect(List<PendingAppend> batch)
    {
        var bytes = 0L;
        while (batch.Count < MaxBatch && bytes < MaxBatchBytes && _waiting.Reader.TryRead(out var pending))
        {
            if (pending.TryTake())
            {
                bytes += pending.Cost;
                batch.Add(pending);
            }
            else
            {
                End(pending, ReceiveOutcome.Unavailable(RetryAfter));
            }
        }
    }

    private async Task CommitAsync(List<PendingAppend> batch)
    {
        var started = timeProvider.GetTimestamp();
        try
        {
            var outcomes = await inbox.AppendAsync(batch.ConvertAll(pending => pending.Event));
            metrics.Committed(batch.Count, timeProvider.GetElapsedTime(started));
            for (var index = 0; index < outcomes.Length; index++)
            {
                Note(batch[index].Event, outcomes[index]);
                End(batch[index], ReceiveOutcome.Kept);
            }
        }
        catch (InboxUnavailableException problem)
        {
            if (!problem.IsReported)
            {
                InboxLog.Unavailable(logger, batch.Count, problem.Message);
            }

            Refuse(batch);
        }
        catch (Exception problem) when (batch.Count > 1)
        {
            // One event must not take the others with it, whatever it is about it.
            InboxLog.BatchFailed(logger, batch.Count, problem);
            foreach (var pending in batch)
            {
                await CommitAsync([pending]);
            }
        }
        catch (Exception problem)
        {
            InboxLog.AppendFailed(logger, HelpScoutEventCatalog.DisplayName(batch[0].Event.EventType), batch[0].Event.Source, problem);
            Refuse(batch);
        }
    }

    private void Refuse(List<PendingAppend> batch)
    {
        metrics.Failed(batch.Count);
        foreach (var pending in batch)
        {
            End(pending, ReceiveOutcome.Unavailable(RetryAfter));
        }
    }

    private void End(PendingAppend pending, ReceiveOutcome outcome)
    {
        Interlocked.Add(ref _bytes, -pending.Cost);
        pending.Complete(outcome);
    }

    private void Note(NewEvent added, AppendOutcome outcome)
    {
        metrics.Stored(added, outcome);
        if (outcome.IsRepeat)
        {
            InboxLog.Repeat(logger, HelpScoutEventCatalog.DisplayName(added.EventType), added.Source, outcome.Sequence);
        }
        else if (added.Facts.StateReason is { } reason)
        {
            InboxLog.Unreadable(logger, HelpScoutEventCatalog.DisplayName(added.EventType), added.Source, outcome.Sequence, reason);
        }
    }
}
