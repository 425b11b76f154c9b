using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.Handling;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Receiving;

/// <summary>Group commit: requests that arrive while a batch is being committed form the next one.</summary>
/// <remarks>
/// A commit waits for the disk; the number of events in it costs little. So nothing is delayed to make batches larger:
/// under light load an event waits for one commit, under heavy load the batches grow by themselves.
/// </remarks>
internal sealed class AppendQueue(
    IInbox inbox, InboxMetrics metrics, TimeProvider timeProvider, ILogger<AppendQueue> logger)
    : BackgroundService
{
    private const int MaxBatch = 512;
    private const long MaxBatchBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly Channel<PendingAppend> _waiting =
        Channel.CreateUnbounded<PendingAppend>(new UnboundedChannelOptions { SingleReader = true });

    private readonly AppendLog _log = new(logger, timeProvider);

    /// <summary>Adds a request, unless the app is stopping.</summary>
    /// <remarks>
    /// Has no limit of its own: waiting requests stay within the budget of the receiver until their bytes are disposed.
    /// </remarks>
    public bool TryAdd(PendingAppend pending) => _waiting.Writer.TryWrite(pending);

    /// <summary>Commits the accepted requests, then ends. No new ones are accepted.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } running)
        {
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public override void Dispose()
    {
        _log.Dispose();
        base.Dispose();
    }

    /// <summary>
    /// Runs until the queue is completed; the token is not used, so that a stop never drops accepted requests.
    /// </summary>
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
                pending.Complete(ReceiveOutcome.Unavailable(RetryAfter));
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
                var added = batch[index].Event;
                metrics.Stored(added, outcomes[index]);
                batch[index].Complete(ReceiveOutcome.Kept);
                _log.Kept(added, outcomes[index]);
            }
        }
        catch (InboxUnavailableException exception)
        {
            if (!exception.IsReported)
            {
                _log.Unavailable(batch.Count, exception.Message);
            }

            Refuse(batch);
        }
        catch (Exception exception) when (batch.Count > 1)
        {
            // One event must not fail the others, whatever is wrong with it.
            _log.BatchFailed(batch.Count, exception);
            foreach (var pending in batch)
            {
                await CommitAsync([pending]);
            }
        }
        catch (Exception exception)
        {
            _log.AppendFailed(batch[0].Event, exception);
            Refuse(batch);
        }
    }

    private void Refuse(List<PendingAppend> batch)
    {
        metrics.Failed(batch.Count);
        foreach (var pending in batch)
        {
            pending.Complete(ReceiveOutcome.Unavailable(RetryAfter));
        }
    }
}
