using System.Text.Json;
using Scouthook.Events;

namespace Scouthook.Parsing;

/// <summary>
/// Reads bodies as typed events. Nothing is lost: an unreadable event carries the reason and its bytes.
/// </summary>
public static class WebhookParser
{
    /// <summary>Reads a body whose signature has been verified.</summary>
    /// <param name="eventName">
    /// The value of <c>X-HelpScout-Event</c>; <see langword="null"/> or empty if there was none.
    /// </param>
    /// <param name="body">The body. The event refers to these bytes, so they must not change afterwards.</param>
    /// <param name="source">The name of the source, kept on the event.</param>
    /// <param name="receivedAt">When the request was received, kept on the event.</param>
    /// <returns>One of the 26 records, or an unknown, unreadable or notification event; never an exception.</returns>
    public static HelpScoutEvent Parse(
        string? eventName,
        ReadOnlyMemory<byte> body,
        string source = WebhookSource.DefaultName,
        DateTimeOffset receivedAt = default)
    {
        ArgumentNullException.ThrowIfNull(source);

        var type = HelpScoutEventCatalog.Find(eventName);
        return Read(type, FactsReader.Read(type, body.Span), new EventOrigin(eventName ?? "", source, body, receivedAt));
    }

    internal static HelpScoutEvent ToEvent(ReceivedWebhook webhook) => Read(
        webhook.EventType,
        webhook.Facts,
        new EventOrigin(webhook.EventName, webhook.Source, webhook.Body.ToArray(), webhook.ReceivedAt));

    private static HelpScoutEvent Read(HelpScoutEventType? type, EventFacts facts, in EventOrigin origin) =>
        (facts.State switch
        {
            EventState.Unreadable => new UnreadableEvent { Reason = facts.StateReason! },
            EventState.Notification => new NotificationEvent { EventType = type!, ResourceUri = facts.ResourceUri! },
            EventState.Ok => ReadPayload(type!, origin.Body.Span),
            _ => new UnknownEvent(),
        }).From(origin);

    private static HelpScoutEvent ReadPayload(HelpScoutEventType type, ReadOnlySpan<byte> body)
    {
        try
        {
            return type.Read(body);
        }
        catch (JsonException)
        {
            // The scan found it readable, so this is a bug here; the bytes are still worth keeping.
            return new UnreadableEvent { Reason = $"This version of Scouthook cannot read the body of {type.Name}." };
        }
    }
}
