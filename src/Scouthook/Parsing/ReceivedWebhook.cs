using Scouthook.Events;

namespace Scouthook.Parsing;

/// <summary>One verified request: its bytes, and the facts read from them in a single pass.</summary>
/// <remarks>
/// It can only be created by <see cref="WebhookRequest.Verify"/>, so its content was signed by Help Scout. It owns its
/// bytes: its receiver disposes it when the bytes are no longer needed, and not before.
/// </remarks>
public sealed class ReceivedWebhook : IDisposable
{
    private readonly WebhookRequest _request;

    internal ReceivedWebhook(WebhookRequest request)
    {
        _request = request;
        EventType = HelpScoutEventCatalog.Find(request.EventName);
        Facts = FactsReader.Read(EventType, request.Body.Span);
    }

    /// <summary>The name of the source that received it.</summary>
    public string Source => _request.Source;

    /// <summary>The value of <c>X-HelpScout-Event</c>; empty if there was none. Not covered by the signature.</summary>
    public string EventName => _request.EventName;

    /// <summary>The event type in the catalogue, or <see langword="null"/> if the name is not one of the 26.</summary>
    public HelpScoutEventType? EventType { get; }

    /// <summary>The body, byte for byte. Not to be used after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Body => _request.Body;

    /// <summary>When the request was received, by the receiver's clock.</summary>
    public DateTimeOffset ReceivedAt => _request.ReceivedAt;

    /// <summary>The request's headers. Read them before the receiver first awaits anything.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers => _request.Headers;

    /// <summary>True if the inbox may recognise this request as a repeat.</summary>
    public bool Deduplicate => _request.Deduplicate;

    /// <summary>The facts read from the body in a single pass.</summary>
    public EventFacts Facts { get; }

    /// <summary>
    /// Releases the bytes. Events created by <see cref="ToEvent"/> have bytes of their own and stay valid.
    /// </summary>
    public void Dispose() => _request.ReleaseBody();

    /// <summary>Reads the body as a typed event, with a copy of the bytes.</summary>
    /// <returns>One of the 26 records, or an unknown, unreadable or notification event; never an exception.</returns>
    public HelpScoutEvent ToEvent() => WebhookParser.ToEvent(this);

    /// <summary>Returns source, event name and size, and nothing from the body.</summary>
    /// <returns>For example <c>convo.assigned from default, 2705 bytes</c>.</returns>
    public override string ToString() => $"{HelpScoutEventCatalog.DisplayName(EventName)} from {Source}, {Body.Length} bytes";
}
