using Scouthook.Handling;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Model;
using Scouthook.Parsing;



namespace Scouthook.Inbox.Receiving;

/// <summary>Receives into the inbox: the response is 200 once the event is on stable storage, not before.</summary>
internal sealed class InboxReceiver(
    AppendQueue queue, LiveInboxSettings settings, StoreClock clock, TimeProvider timeProvider)
    : IWebhookReceiver
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public async ValueTask<ReceiveOutcome> ReceiveAsync(ReceivedWebhook webhook, CancellationToken cancellationToken)
    {
        var pending = new PendingAppend(webhook, Convert(webhook) with { AgedAt = clock.Age });
        if (!queue.TryAdd(pending))
        {
            pending.Complete(ReceiveOutcome.Unavailable(RetryAfter));
            return ReceiveOutcome.Unavailable(RetryAfter);
        }

        try
        {
            // A sender that disconnects only ends this wait. The bytes belong to the queue until their commit ends.
            return await pending.Done.WaitAsync(settings.Current.CommitTimeout, timeProvider, cancellationToken);
        }
        catch (TimeoutException)
        {
            pending.Abandon();
            return ReceiveOutcome.Unavailable(RetryAfter);
        }
    }

    private static NewEvent Convert(ReceivedWebhook webhook)
    {
        try
        {
            return ToNewEvent(webhook);
        }
        catch
        {
            // Not handed over yet.
            webhook.Dispose();
            throw;
        }
    }

    /// <summary>Creates the event to append from a request.</summary>
    internal static NewEvent ToNewEvent(ReceivedWebhook webhook) => new()
    {
        Id = Guid.CreateVersion7(webhook.ReceivedAt),
        Source = webhook.Source,
        EventType = webhook.EventName,
        Facts = webhook.Facts,
        IsDeletion = webhook.EventType is { IsDeletion: true },
        Body = webhook.Body,
        Headers = StoredHeaders.Write(webhook.Headers),
        ReceivedAt = webhook.ReceivedAt,
        DeduplicationKey = webhook.Deduplicate ? DeduplicationKey.Of(webhook) : null,
    };
}
