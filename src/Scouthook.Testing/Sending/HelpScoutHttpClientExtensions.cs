using System.Diagnostics.CodeAnalysis;
using Scouthook.Events;
using Scouthook.Signing;

namespace Scouthook.Testing;

/// <summary>Lets an <see cref="HttpClient"/> post events the way Help Scout does, to a test server or a real one.</summary>
[SuppressMessage(
    "ApiDesign", "RS0026:Do not add multiple overloads with optional parameters",
    Justification = "The overloads differ in the type of a required parameter, so no call fits two of them.")]
public static class HelpScoutHttpClientExtensions
{
    /// <summary>Posts the sample of an event, signed.</summary>
    /// <param name="client">The client, for example of a <c>WebApplicationFactory</c>.</param>
    /// <param name="uri">Where the receiver is; may be relative to the client's base address, such as <c>/webhook</c>.</param>
    /// <param name="eventName">One of the 26 names of the catalogue, for example <c>convo.created</c>.</param>
    /// <param name="secret">The secret of the webhook, as configured in the receiver.</param>
    /// <param name="cancellationToken">Ends the wait for the response.</param>
    /// <returns>The response, whatever its status.</returns>
    /// <exception cref="ArgumentException">The name is not in the catalogue, or the secret is empty or not valid Unicode.</exception>
    /// <exception cref="HttpRequestException">The receiver could not be reached.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled, or the time limit of the client ran out.</exception>
    /// <example>
    /// <code>
    /// using var response = await client.SendHelpScoutEventAsync("/webhook", "convo.created", secret);
    /// </code>
    /// </example>
    public static Task<HttpResponseMessage> SendHelpScoutEventAsync(
        this HttpClient client, string uri, string eventName, string secret, CancellationToken cancellationToken = default) =>
        client.SendHelpScoutEventAsync(uri, SampleEvents.Get(eventName), secret, cancellationToken);

    /// <summary>Posts a typed event, signed and written the way Help Scout writes JSON.</summary>
    /// <param name="client">The client, for example of a <c>WebApplicationFactory</c>.</param>
    /// <param name="uri">Where the receiver is; may be relative to the client's base address, such as <c>/webhook</c>.</param>
    /// <param name="helpScoutEvent">The event; see <see cref="OutgoingEvent.From"/>.</param>
    /// <param name="secret">The secret of the webhook, as configured in the receiver.</param>
    /// <param name="cancellationToken">Ends the wait for the response.</param>
    /// <returns>The response, whatever its status.</returns>
    /// <exception cref="ArgumentException">
    /// The event has neither a body nor a payload, or the secret is empty or not valid Unicode.
    /// </exception>
    /// <exception cref="HttpRequestException">The receiver could not be reached.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled, or the time limit of the client ran out.</exception>
    public static Task<HttpResponseMessage> SendHelpScoutEventAsync(
        this HttpClient client,
        string uri,
        HelpScoutEvent helpScoutEvent,
        string secret,
        CancellationToken cancellationToken = default) =>
        client.SendHelpScoutEventAsync(uri, OutgoingEvent.From(helpScoutEvent), secret, cancellationToken);

    /// <summary>Posts one event, signed.</summary>
    /// <param name="client">The client, for example of a <c>WebApplicationFactory</c>.</param>
    /// <param name="uri">Where the receiver is; may be relative to the client's base address, such as <c>/webhook</c>.</param>
    /// <param name="outgoing">The event: a sample, one of an <see cref="EventGenerator"/>, or bytes of your own.</param>
    /// <param name="secret">The secret of the webhook, as configured in the receiver.</param>
    /// <param name="cancellationToken">Ends the wait for the response.</param>
    /// <returns>The response, whatever its status.</returns>
    /// <exception cref="ArgumentException">The secret is empty or not valid Unicode.</exception>
    /// <exception cref="HttpRequestException">The receiver could not be reached.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled, or the time limit of the client ran out.</exception>
    public static async Task<HttpResponseMessage> SendHelpScoutEventAsync(
        this HttpClient client, string uri, OutgoingEvent outgoing, string secret, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);

        using var request = HelpScoutRequest.Create(uri, outgoing, new SigningSecret(secret));
        return await client.SendAsync(request, cancellationToken);
    }
}
