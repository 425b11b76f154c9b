using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.Handling;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Receiving;

/// <summary>Group commit: requests that arrive while a batch is being committed form the next one.</summary>
/// <remarks>
/// A commit waits for the disk; the number of events in it costs little. So nothing is delayed to make batches larger:
/// under light load an event waits for one commit, under heavy load the batches grow by themselves.
/// </remarks>
internal sealed class AppendQueue(
    IInbox inbox, LiveInboxSettings settings, InboxMetrics metrics, TimeProvider timeProvider, ILogger<AppendQueue> logger)
    : BackgroundService
{
    private const int MaxBatch = 512;
    private const long MaxBatchBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan RetryAfterLate = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(10);

    private readonly Channel<Append> _waiting =
        Channel.CreateUnbounded<Append>(new UnboundedChannelOptions { SingleReader = true });

    private readonly AppendLog _log = new(logger, timeProvider);

    /// <summary>Appends an event and waits until its commit ends.</summary>
    /// <param name="added">The event.</param>
    /// <param name="bytes">The owner of its bytes; the queue disposes it when the commit has ended.</param>
    /// <param name="cancellationToken">Set when the sender is gone. Ends only the wait: the event is still stored.</param>
    /// <remarks>The queue has no limit: the receiver's budget covers the bytes until they are disposed.</remarks>
    public async ValueTask<ReceiveOutcome> AppendAsync(NewEvent added, IDisposable bytes, CancellationToken cancellationToken)
    {
        var append = new Append(added, bytes);
        if (!_waiting.Writer.TryWrite(append))
        {
            append.Complete(ReceiveOutcome.Unavailable(RetryAfterLate));
            return ReceiveOutcome.Unavailable(RetryAfterLate);
        }

        try
        {
            return await append.Task.WaitAsync(settings.Current.CommitTimeout, timeProvider, cancellationToken);
        }
        catch (TimeoutException)
        {
            append.Abandon();
            return ReceiveOutcome.Unavailable(RetryAfterLate);
        }
    }

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
        var batch = new List<Append>(MaxBatch);
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

    private void Collect(List<Append> batch)
    {
        var bytes = 0L;
        while (batch.Count < MaxBatch && bytes < MaxBatchBytes && _waiting.Reader.TryRead(out var append))
        {
            if (append.TryTake())
            {
                bytes += append.Cost;
                batch.Add(append);
            }
            else
            {
                append.Complete(ReceiveOutcome.Unavailable(RetryAfterFailure));
            }
        }
    }

    private async Task CommitAsync(List<Append> batch)
    {
        var started = timeProvider.GetTimestamp();
        using var activity = CommitActivity.Start(batch.Select(append => append.Request));
        try
        {
            var outcomes = await inbox.AppendAsync(batch.ConvertAll(append => append.Event));
            CommitActivity.End(activity, batch.Count, batch.Select(append => append.Request));
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
            foreach (var append in batch)
            {
                await CommitAsync([append]);
            }
        }
        catch (Exception exception)
        {
            _log.AppendFailed(batch[0].Event, exception);
            Refuse(batch);
        }
    }

    private void Refuse(List<Append> batch)
    {
        metrics.Failed(batch.Count);
        foreach (var append in batch)
        {
            append.Complete(ReceiveOutcome.Unavailable(RetryAfterFailure));
        }
    }

    /// <summary>An event in the queue until its commit ends, the owner of its bytes, and the answer it waits for.</summary>
    private sealed class Append(NewEvent added, IDisposable bytes)
        : TaskCompletionSource<ReceiveOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private const int Waiting = 0;
        private const int Taken = 1;
        private const int Abandoned = 2;
        private const int Overhead = 1024;

        private int _state;

        public NewEvent Event { get; } = added;

        /// <summary>The span of its request, if that is traced.</summary>
        public Activity? Request { get; } = EventTrace.Current;

        /// <summary>Its share of a batch in bytes.</summary>
        public long Cost => Event.Body.Length + Overhead;

        /// <summary>Claims it for a batch; from then on it is stored, even if its sender no longer waits.</summary>
        public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

        /// <summary>Drops it unless it was claimed: its sender was asked to retry.</summary>
        public void Abandon() => Interlocked.CompareExchange(ref _state, Abandoned, Waiting);

        /// <summary>Gives the bytes back and reports the outcome.</summary>
        public void Complete(ReceiveOutcome outcome)
        {
            bytes.Dispose();
            TrySetResult(outcome);
        }
    }
}
