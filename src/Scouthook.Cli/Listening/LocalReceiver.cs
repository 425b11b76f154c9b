using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Inbox.Delivering.Http;
using Scouthook.Parsing;

namespace Scouthook.Cli.Listening;

/// <summary>The local URL: one post at a time, and whether anybody was there to take it.</summary>
internal sealed class LocalReceiver(Uri target) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>What belongs to the connection the request came on, or to how its body was framed there.</summary>
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase)
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
    /// Whether it was taken, and what was answered in a word or two. Any answer counts; so does none in time, as a program that
    /// a person has stopped to look at has the request all the same.
    /// </returns>
    public async Task<(bool IsTaken, string Answer)> PostAsync(
        byte[] body, JsonArray headers, string? signature, string sequence, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Target) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers.Select(it => (Listing.Text(it!["name"]), Listing.Text(it["value"]))))
        {
            var isReplaced = signature is not null && name.Equals(HelpScoutHeaders.Signature, StringComparison.OrdinalIgnoreCase);
            if (!isReplaced && !OfTheConnection.Contains(name) && !request.Headers.TryAddWithoutValidation(name, value))
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
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            // Without its own time having passed, it was the connection that did not come about.
            return (time.IsCancellationRequested, NetworkFailure.Describe(problem));
        }
        catch (Exception problem) when (NetworkFailure.IsOne(problem))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (false, NetworkFailure.Describe(problem));
        }
    }

    public void Dispose() => _http.Dispose();
}
