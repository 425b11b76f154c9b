using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scouthook.Cli.Managing;

/// <summary>Asks the management API of a gateway.</summary>
internal sealed class ManagementClient : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(100);

    private readonly HttpClient _client;

    public ManagementClient(Uri api, string key)
    {
        Api = api;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = api,
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Uri Api { get; }

    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        (await AskAsync(HttpMethod.Get, path, null, cancellationToken))!;

    public Task<JsonNode?> PostAsync(string path, JsonObject? body, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, path, body ?? [], cancellationToken);

    public Task<JsonNode?> DeleteAsync(string path, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Delete, path, null, cancellationToken);

    /// <summary>All items of a list, page by page, until there are enough.</summary>
    public async IAsyncEnumerable<JsonObject> ListAsync(
        string path, int most, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int page = 500;
        string? cursor = null;
        for (var left = most; left > 0;)
        {
            var separator = path.Contains('?') ? '&' : '?';
            var ask = string.Create(CultureInfo.InvariantCulture, $"{path}{separator}limit={Math.Min(left, page)}")
                + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}");
            var answer = await GetAsync(ask, cancellationToken);
            foreach (var item in answer["items"]!.AsArray())
            {
                yield return item!.AsObject();
                left--;
            }

            cursor = answer["next"]?.GetValue<string>();
            if (cursor is null)
            {
                yield break;
            }
        }
    }

    public async Task<byte[]> GetBytesAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), Timeout, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Opens an answer that does not end.</summary>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await SendAsync(request, System.Threading.Timeout.InfiniteTimeSpan, cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<JsonNode?> AskAsync(
        HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var response = await SendAsync(request, Timeout, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(timeout);
        HttpResponseMessage response;
        try
        {
            using (request)
            {
                response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token);
            }
        }
        catch (Exception problem) when (
            problem is HttpRequestException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ManagementException($"No answer from the gateway at {Api.Authority}. Is it running, and is the address right?");
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new ManagementException(await DetailAsync(response, cancellationToken));
        }
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            return JsonNode.Parse(text)?["detail"]?.GetValue<string>() ?? Plain(response);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return Plain(response);
        }
    }

    private static string Plain(HttpResponseMessage response) => string.Create(
        CultureInfo.InvariantCulture, $"The gateway answered {(int)response.StatusCode}. Is this the address of its management API?");
}
