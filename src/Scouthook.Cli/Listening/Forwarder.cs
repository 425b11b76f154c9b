using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Scouthook.Cli.Emitting;
using Scouthook.Cli.Managing;
using Scouthook.Parsing;
using Scouthook.Signing;

namespace Scouthook.Cli.Listening;

/// <summary>Posts stored events to a local URL, with the bytes that Help Scout sent.</summary>
internal sealed class Forwarder(ManagementClient client, Uri target, SigningSecret? secret) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout,
    };

    /// <returns>What was answered, or why nothing was, in a word or two. A receiver that fails does not get it again.</returns>
    public async Task<string> ForwardAsync(JsonObject stored, CancellationToken cancellationToken)
    {
        var id = Listing.Text(stored["id"]);
        var body = await client.GetBytesAsync($"events/{id}/body", cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation(HelpScoutHeaders.Event, Listing.Text(stored["type"]));
        request.Headers.TryAddWithoutValidation(
            HelpScoutHeaders.Signature,
            secret is null ? await SentSignatureAsync(id, cancellationToken) : HelpScoutSignature.Sign(body, secret));
        request.Headers.TryAddWithoutValidation("X-Scouthook-Sequence", Listing.Text(stored["sequence"]));
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception problem) when (
            problem is HttpRequestException or IOException
            || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return SendFailure.Name(problem);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> SentSignatureAsync(string id, CancellationToken cancellationToken) =>
        (await client.GetAsync($"events/{id}", cancellationToken))["headers"]!.AsArray()
            .Where(header => Listing.Text(header!["name"]).Equals(HelpScoutHeaders.Signature, StringComparison.OrdinalIgnoreCase))
            .Select(header => Listing.Text(header!["value"]))
            .FirstOrDefault() ?? "";
}
