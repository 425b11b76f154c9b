namespace Scouthook.Inbox.Delivering.Http;

/// <summary>The names of the headers that a delivery carries in addition to those of Help Scout.</summary>
internal static class ScouthookHeaders
{
    public const string WebhookId = "webhook-id";
    public const string WebhookTimestamp = "webhook-timestamp";
    public const string WebhookSignature = "webhook-signature";
    public const string TraceParent = "traceparent";

    public const string Source = "X-Scouthook-Source";
    public const string Sequence = "X-Scouthook-Sequence";
    public const string Delivery = "X-Scouthook-Delivery";
    public const string Attempt = "X-Scouthook-Attempt";
    public const string Replay = "X-Scouthook-Replay";
    public const string Repeat = "X-Scouthook-Repeat";
    public const string Stale = "X-Scouthook-Stale";
    public const string State = "X-Scouthook-State";
}
