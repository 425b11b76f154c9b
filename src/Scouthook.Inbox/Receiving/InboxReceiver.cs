using System.Diagnostics;
using Scouthook.Handling;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Parsing;
using Scouthook.Settings;

namespace Scouthook.Inbox.Receiving;

/// <summary>Receives into the inbox: the response is 200 once the event is on stable storage, not before.</summary>
internal sealed class InboxReceiver(AppendQueue queue, StoreClock clock, ISourceRules? sources = null) : IWebhookReceiver
{
    public ValueTask<ReceiveOutcome> ReceiveAsync(ReceivedWebhook webhook, CancellationToken cancellationToken)
    {
        NewEvent added;
        try
        {
            added = ToNewEvent(webhook, sources, clock.Age);
            if (Activity.Current is { IsAllDataRequested: true } activity)
            {
                activity.SetTag("scouthook.event.id", added.Id.ToString());
            }
        }
        catch
        {
            // The queue does not own the bytes yet.
            webhook.Dispose();
            throw;
        }

        return queue.AppendAsync(added, webhook, cancellationToken);
    }

    /// <summary>Makes the event that the inbox stores of a request.</summary>
    internal static NewEvent ToNewEvent(ReceivedWebhook webhook, ISourceRules? sources = null, DateTimeOffset? age = null) => new()
    {
        Id = TimeOrderedId.At(webhook.ReceivedAt),
        Source = webhook.Source,
        EventType = webhook.EventName,
        Facts = webhook.Facts,
        IsDeletion = webhook.EventType is { IsDeletion: true },
        Body = webhook.Body,
        Headers = StoredHeaders.Write(webhook.Headers, EventTrace.Current?.Id),
        ReceivedAt = webhook.ReceivedAt,
        AgedAt = age,
        DeduplicationKey = sources?.Deduplicates(webhook.Source) is false ? null : DeduplicationKey.Of(webhook),
    };
}
