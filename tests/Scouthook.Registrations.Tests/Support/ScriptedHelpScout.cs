using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Scouthook.Registrations.Tests.Support;

/// <summary>Answers what the emulator never does: outages, lost connections and responses of something else.</summary>
/// <remarks>Token requests are granted; any other request takes the next answer of the script, whose last one repeats.</remarks>
internal sealed class ScriptedHelpScout(params Func<HttpResponseMessage>[] script) : HttpMessageHandler
{
    public const string Token = "the-access-token";

    private int _next;

    /// <summary>The requests other than for tokens, with their bodies.</summary>
    public ConcurrentQueue<(HttpMethod Method, string Body)> Requests { get; } = [];

    /// <summary>The answer to token requests; granted if there is none.</summary>
    public Func<HttpResponseMessage>? TokenAnswer { get; init; }

    public static Func<HttpResponseMessage> Answer(
        HttpStatusCode status, string body = "", string? mediaType = "application/hal+json", params (string Name, string Value)[] headers) => () =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, mediaType!) };
        foreach (var (name, value) in headers)
        {
            response.Headers.Add(name, value);
        }

        return response;
    };

    public static HttpResponseMessage Lost() => throw new HttpRequestException("The connection was lost.");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath == "/v2/oauth2/token")
        {
            return TokenAnswer?.Invoke()
                ?? Answer(HttpStatusCode.OK, $$"""{"token_type":"bearer","access_token":"{{Token}}","expires_in":172800}""")();
        }

        Requests.Enqueue((request.Method, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
        var response = script[Math.Min(Interlocked.Increment(ref _next), script.Length) - 1]();
        response.RequestMessage = request;
        return response;
    }
}
