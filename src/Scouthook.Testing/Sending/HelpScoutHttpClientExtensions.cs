using Scouthook.Signing;

namespace Scouthook.Testing;

/// <summary>Lets an <see cref="HttpClient"/> post events as Help Scout does, to a test server or a real one.</summary>
public static class HelpScoutHttpClientExtensions
{
    /// <summary>Posts one signed event.</summary>
    /// <param name="client">The client, for example of a <c>WebApplicationFactory</c>.</param>
    /// <param name="uri">
    /// The address of the receiver; may be relative to the client's base address, such as <c>/webhook</c>.
    /// </param>
    /// <param name="outgoing">
    /// The event: a name that selects its sample, a typed event, or an <see cref="OutgoingEvent"/> with bytes of your
    /// own.
    /// </param>
    /// <param name="secret">The secret of the webhook, as the receiver has it.</param>
    /// <param name="cancellationToken">Cancels the wait for the response.</param>
    /// <returns>The response, whatever its status.</returns>
    /// <example>
    /// <code>
    /// var answer = await client.SendHelpScoutEventAsync("/webhook", "convo.created", secret);
    /// </code>
    /// </example>
    public static async Task<HttpResponseMessage> SendHelpScoutEventAsync(
        this HttpClient client,
        string uri,
        OutgoingEvent outgoing,
        SigningSecret secret,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);

        using var request = HelpScoutRequest.Create(uri, outgoing, secret);
        return await client.SendAsync(request, cancellationToken);
    }
}
