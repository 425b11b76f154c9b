using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Tables;
using Scouthook.Inbox.Delivering.Http;
using Scouthook.Parsing;

namespace Scouthook.Cli.Listening;

/// <summary>Posts events to the local URL, one at a time.</summary>
internal sealed class LocalReceiver(Uri target) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Headers of the original connection, or of the framing of the body there.</summary>
    private static readonly HashSet<string> ConnectionHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Expect", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(10),
    })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    public Uri Target { get; } = target;

    /// <returns>
    /// Whether the request was received, and the response in a word or two. Any response counts, and so does a timeout: a
    /// program paused in a debugger has received the request all the same.
    /// </returns>
    public async Task<(bool IsReceived, string Answer)> PostAsync(
        byte[] body, JsonArray headers, string? signature, string sequence, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Target) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers.Select(header => (ItemText.Of(header!["name"]), ItemText.Of(header["value"]))))
        {
            var isReplaced = signature is not null && name.Equals(HelpScoutHeaders.Signature, StringComparison.OrdinalIgnoreCase);
            if (!isReplaced && !ConnectionHeaders.Contains(name) && !request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation(HelpScoutHeaders.Signature, signature);
        }

        request.Headers.TryAddWithoutValidation(ScouthookHeaders.Sequence, sequence);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(Timeout);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token);
            return (true, ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            // If the tool's own timeout has not passed, the connection could not be established.
            return (time.IsCancellationRequested, NetworkFailure.Describe(exception));
        }
        catch (Exception exception) when (NetworkFailure.IsOne(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (false, NetworkFailure.Describe(exception));
        }
    }

    public void Dispose() => _http.Dispose();
}
