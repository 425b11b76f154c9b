using Scouthook.Events;
using Scouthook.Signing;

namespace Scouthook.Parsing;

/// <summary>One inbound POST as received: headers and bytes, not yet trusted.</summary>
public sealed class WebhookRequest : IDisposable
{
    private IDisposable? _bodyOwner;
    private bool _handedOver;

    /// <summary>The name of the source that received the request.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Source { get; init; } = WebhookSource.DefaultName;

    /// <summary>The value of <c>X-HelpScout-Event</c>; empty if there is none.</summary>
    public required string EventName { get; init; }

    /// <summary>The value of <c>X-HelpScout-Signature</c>, or <see langword="null"/> if there is none.</summary>
    public required string? Signature { get; init; }

    /// <summary>The body, byte for byte as received.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>When the request was received, by the receiver's clock.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The headers that may be stored.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>True if the inbox may recognise this request as a repeat.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Deduplicate { get; init; } = true;

    /// <summary>The owner of the bytes, if they are rented; disposed with this request.</summary>
    public IDisposable? BodyOwner
    {
        init => _bodyOwner = value;
    }

    /// <summary>Checks the signature; only a request that passes becomes a <see cref="ReceivedWebhook"/>.</summary>
    /// <param name="secrets">The trusted secrets.</param>
    /// <param name="webhook">
    /// The verified request, which from now on owns the bytes; <see langword="null"/> if it is not trusted.
    /// </param>
    /// <returns><see cref="SignatureVerification.Valid"/>, or the first reason not to trust the request.</returns>
    public SignatureVerification Verify(SigningSecrets secrets, out ReceivedWebhook? webhook)
    {
        var verification = HelpScoutSignature.Verify(Signature, Body.Span, secrets);
        webhook = null;
        if (verification is SignatureVerification.Valid)
        {
            webhook = new ReceivedWebhook(this);
            _handedOver = true;
        }

        return verification;
    }

    /// <summary>Releases the bytes, if they are rented and not owned by a verified webhook.</summary>
    public void Dispose()
    {
        if (!_handedOver)
        {
            ReleaseBody();
        }
    }

    internal void ReleaseBody() => Interlocked.Exchange(ref _bodyOwner, null)?.Dispose();
}
