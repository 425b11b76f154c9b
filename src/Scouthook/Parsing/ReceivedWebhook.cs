using System.Buffers;
using Scouthook.Events;
using Scouthook.Signing;

namespace Scouthook.Parsing;

/// <summary>A verified request: its headers, its bytes, and the facts read from them in one pass.</summary>
/// <remarks>
/// <see cref="Verify"/> is the only way to get one, so every instance was signed by Help Scout. It owns its bytes.
/// <see cref="Handling.IWebhookReceiver"/> takes over that ownership and calls <see cref="Dispose"/> once the bytes are
/// no longer used; everything else stays readable afterwards.
/// </remarks>
public sealed class ReceivedWebhook : IDisposable
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly IMemoryOwner<byte>? _owner;
    private int _disposed;

    private ReceivedWebhook(
        IReadOnlyList<KeyValuePair<string, string>> headers,
        string eventName,
        ReadOnlyMemory<byte> body,
        string source,
        DateTimeOffset receivedAt,
        IMemoryOwner<byte>? owner)
    {
        _body = body;
        _owner = owner;
        Headers = headers;
        EventName = eventName;
        Source = source;
        ReceivedAt = receivedAt;
        EventType = HelpScoutEventCatalog.Find(eventName);
        Facts = FactsReader.Read(EventType, body.Span);
    }

    /// <summary>The name of the source that received it.</summary>
    public string Source { get; }

    /// <summary>The value of <c>X-HelpScout-Event</c>; empty when there was none. Not covered by the signature.</summary>
    public string EventName { get; }

    /// <summary>The event type in the catalogue, or <see langword="null"/> if the name is not one of the 26.</summary>
    public HelpScoutEventType? EventType { get; }

    /// <summary>The body, byte for byte.</summary>
    /// <exception cref="ObjectDisposedException">The webhook was disposed; the bytes may belong to another request.</exception>
    public ReadOnlyMemory<byte> Body
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            return _body;
        }
    }

    /// <summary>When the request was received, by the receiver's clock.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>The request's headers in the order received. They stay valid after the request has ended.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The facts read from the body in one pass.</summary>
    public EventFacts Facts { get; }

    /// <summary>Verifies the signature of a request. Only a request that passes becomes a <see cref="ReceivedWebhook"/>.</summary>
    /// <param name="headers">
    /// The headers of the request, one pair per value. Kept by the webhook, so they must not change afterwards.
    /// </param>
    /// <param name="body">The body, byte for byte as received.</param>
    /// <param name="secrets">The trusted secrets.</param>
    /// <param name="webhook">The verified request; <see langword="null"/> if it is not to be trusted.</param>
    /// <param name="source">The name of the source that received the request.</param>
    /// <param name="receivedAt">When the request was received.</param>
    /// <param name="owner">
    /// The owner of <paramref name="body"/> if the memory is rented. It passes to the webhook if the request is valid, and
    /// stays with the caller if not.
    /// </param>
    /// <returns><see cref="SignatureVerification.Valid"/>, or the first reason not to trust the request.</returns>
    public static SignatureVerification Verify(
        IReadOnlyList<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        SigningSecrets secrets,
        out ReceivedWebhook? webhook,
        string source = WebhookSource.DefaultName,
        DateTimeOffset receivedAt = default,
        IMemoryOwner<byte>? owner = null)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentNullException.ThrowIfNull(source);

        webhook = null;
        var eventName = "";
        string? signature = null;
        for (var index = 0; index < headers.Count; index++)
        {
            var (name, value) = headers[index];
            if (name.Equals(HelpScoutHeaders.Signature, StringComparison.OrdinalIgnoreCase))
            {
                if (signature is not null)
                {
                    return SignatureVerification.Ambiguous;
                }

                signature = value;
            }
            else if (name.Equals(HelpScoutHeaders.Event, StringComparison.OrdinalIgnoreCase))
            {
                eventName = eventName.Length == 0 ? value : $"{eventName},{value}";
            }
        }

        var verification = HelpScoutSignature.Verify(signature, body.Span, secrets);
        if (verification is SignatureVerification.Valid)
        {
            webhook = new ReceivedWebhook(headers, eventName, body, source, receivedAt, owner);
        }

        return verification;
    }

    /// <summary>Releases the bytes. Events created by <see cref="ToEvent"/> have their own copy and stay valid.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _owner?.Dispose();
        }
    }

    /// <summary>Reads the body as a typed event, with a copy of the bytes.</summary>
    /// <returns>One of the 26 records, or an unknown, unreadable or notification event; never an exception.</returns>
    public HelpScoutEvent ToEvent() => WebhookParser.ToEvent(this);

    /// <summary>Returns source, event name and size, and nothing from the body.</summary>
    /// <returns>For example <c>convo.assigned from default, 2705 bytes</c>.</returns>
    public override string ToString() => $"{HelpScoutEventCatalog.DisplayName(EventName)} from {Source}, {_body.Length} bytes";
}
