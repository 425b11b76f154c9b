using Scouthook.Events;

namespace Scouthook.Parsing;

/// <summary>One verified request: its bytes, and what one pass over them told.</summary>
/// <remarks>
/// It can only be had from <see cref="WebhookRequest.Verify"/>, so whoever holds one holds something Help Scout signed.
/// It owns its bytes: whoever it is handed to disposes it when the bytes are no longer needed, and not before.
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

    /// <summary>The value of <c>X-HelpScout-Event</c>; empty when there was none. Not covered by the signature.</summary>
    public string EventName => _request.EventName;

    /// <summary>The row of the catalogue, or <see langword="null"/> when the name is not one of the 26.</summary>
    public HelpScoutEventType? EventType { get; }

    /// <summary>The body, byte for byte. Not to be used after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Body => _request.Body;

    /// <summary>When the request was received, by the receiver's clock.</summary>
    public DateTimeOffset ReceivedAt => _request.ReceivedAt;

    /// <summary>The request's headers. Read them before the receiver first awaits anything.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers => _request.Headers;

    /// <summary>Whether the inbox may recognise this request as one that it already has.</summary>
    public bool Deduplicate => _request.Deduplicate;

    /// <summary>What one pass over the body told.</summary>
    public EventFacts Facts { get; }

    /// <summary>Gives the bytes back. Events made by <see cref="ToEvent"/> have bytes of their own and stay valid.</summary>
    public void Dispose() => _request.ReleaseBody();

    /// <summary>Reads the body as a typed event, with a copy of the bytes.</summary>
    /// <returns>One of the 26 records, or an unknown, unreadable or notification event; never an exception.</returns>
    public HelpScoutEvent ToEvent() => WebhookParser.ToEvent(this);

    /// <summary>Returns source, event name and size, and nothing of the body.</summary>
    /// <returns>For example <c>convo.assigned from default, 2705 bytes</c>.</returns>
    public override string ToString() => $"{HelpScoutEventCatalog.DisplayName(EventName)} from {Source}, {Body.Length} bytes";
}
