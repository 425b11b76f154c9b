using System.Net;
using System.Net.Http.Headers;
using Scouthook.Parsing;
using Scouthook.Signing;

namespace Scouthook.Testing;

/// <summary>Creates requests that look exactly like Help Scout's.</summary>
/// <remarks>
/// The headers are those of captured requests; the value of <c>Accept</c> is unknown and assumed to be <c>*/*</c>.
/// <c>Accept-Encoding: UTF-8</c> is not a valid coding, but is really sent.
/// </remarks>
public static class HelpScoutRequest
{
    /// <summary>Creates a signed request.</summary>
    /// <param name="uri">
    /// The address of the receiver; may be relative to the client's base address, such as <c>/webhook</c>.
    /// </param>
    /// <param name="outgoing">
    /// The event: an <see cref="OutgoingEvent"/>, a name that selects its sample, or a typed event.
    /// </param>
    /// <param name="secret">The secret of the webhook, as configured in the receiver.</param>
    /// <returns>The request. Send it once.</returns>
    public static HttpRequestMessage Create(string uri, OutgoingEvent outgoing, SigningSecret secret)
    {
        ArgumentNullException.ThrowIfNull(outgoing);
        ArgumentNullException.ThrowIfNull(secret);

        return CreateWithSignature(uri, outgoing, HelpScoutSignature.Sign(outgoing.Body.Span, secret));
    }

    /// <summary>
    /// Creates a request with a signature given as text, to test how the receiver handles a wrong one.
    /// </summary>
    /// <param name="uri">The address of the receiver; may be relative to the client's base address.</param>
    /// <param name="outgoing">The event.</param>
    /// <param name="signature">
    /// The value of <c>X-HelpScout-Signature</c>; <see langword="null"/> to omit the header.
    /// </param>
    /// <returns>The request. Send it once.</returns>
    public static HttpRequestMessage CreateWithSignature(string uri, OutgoingEvent outgoing, string? signature)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentNullException.ThrowIfNull(outgoing);

        var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Version = HttpVersion.Version11,
            Content = new ReadOnlyMemoryContent(outgoing.Body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Content.Headers.ContentLength = outgoing.Body.Length;
        Add(request, HelpScoutHeaders.Event, outgoing.Name);
        if (signature is not null)
        {
            Add(request, HelpScoutHeaders.Signature, signature);
        }

        Add(request, "User-Agent", "Help Scout/Webhooks");
        Add(request, "Accept", "*/*");
        Add(request, "Accept-Encoding", "UTF-8");
        Add(request, "Connection", "Keep-Alive");
        return request;
    }

    private static void Add(HttpRequestMessage request, string name, string value) =>
        request.Headers.TryAddWithoutValidation(name, value);
}
