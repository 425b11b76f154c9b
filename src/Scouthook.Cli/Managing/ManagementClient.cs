using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>Asks the management API of a gateway.</summary>
internal sealed class ManagementClient(Uri api, string key) : IDisposable
{
    /// <summary>How long one answer may take, or, of a long one, its next bytes.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(100);

    private HttpClient _client = Connect(api, key);

    public Uri Api { get; } = api;

    /// <summary>Leaves all connections: after one that was silent, the others are not to be trusted either.</summary>
    public void Renew()
    {
        var old = _client;
        _client = Connect(Api, key);
        old.Dispose();
    }

    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        await JsonAsync(HttpMethod.Get, path, null, cancellationToken) ?? throw NoJson();

    public async Task<JsonObject> PostAsync(string path, JsonObject? body, CancellationToken cancellationToken) =>
        await JsonAsync(HttpMethod.Post, path, body ?? [], cancellationToken) as JsonObject ?? throw NoJson();

    public async Task<JsonObject> PatchAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        await JsonAsync(HttpMethod.Patch, path, body, cancellationToken) as JsonObject ?? throw NoJson();

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        JsonAsync(HttpMethod.Delete, path, null, cancellationToken);

    /// <summary>The items of a list that has no pages.</summary>
    public async Task<IReadOnlyList<JsonObject>> ItemsAsync(string path, CancellationToken cancellationToken) =>
        Items(await GetAsync(path, cancellationToken));

    /// <summary>The items of a list, page by page, until there are enough.</summary>
    public async IAsyncEnumerable<JsonObject> ListAsync(
        string path, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int page = 500;
        string? cursor = null;
        for (var left = most; left > 0;)
        {
            var separator = path.Contains('?') ? '&' : '?';
            var ask = string.Create(CultureInfo.InvariantCulture, $"{path}{separator}limit={Math.Min(left, page)}")
                + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}");
            var answer = await GetAsync(ask, cancellationToken);
            foreach (var item in Items(answer))
            {
                yield return item;
                left--;
            }

            cursor = answer["next"]?.GetValue<string>();
            if (cursor is null)
            {
                yield break;
            }
        }
    }

    public Task<byte[]> GetBytesAsync(string path, CancellationToken cancellationToken) => AskAsync(
        new HttpRequestMessage(HttpMethod.Get, path), (content, token) => content.ReadAsByteArrayAsync(token), cancellationToken);

    /// <summary>Writes an answer of any length to a stream, as it comes.</summary>
    public async Task CopyAsync(HttpRequestMessage request, Stream output, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await RescueAsync(
            async () =>
            {
                time.CancelAfter(Timeout);
                using var response = await SendAsync(request, time.Token);
                await using var input = await response.Content.ReadAsStreamAsync(time.Token);
                var buffer = new byte[64 * 1024];
                for (int read; (read = await input.ReadAsync(buffer, time.Token)) > 0;)
                {
                    time.CancelAfter(System.Threading.Timeout.InfiniteTimeSpan);
                    await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                    time.CancelAfter(Timeout);
                }

                return true;
            },
            cancellationToken);
    }

    /// <summary>Opens an answer that does not end; how long to wait for it is the caller's to say.</summary>
    public Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        RescueAsync(() => SendAsync(request, cancellationToken), cancellationToken);

    public void Dispose() => _client.Dispose();

    private static HttpClient Connect(Uri api, string key)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = api,
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static List<JsonObject> Items(JsonNode answer) =>
        [.. ((answer as JsonObject)?["items"] as JsonArray ?? throw NoJson()).Select(it => it!.AsObject())];

    private static ManagementException NoJson() =>
        new("What was answered is not from a gateway. Is this the address of its management API?");

    private async Task<JsonNode?> JsonAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        var text = await AskAsync(request, (content, token) => content.ReadAsStringAsync(token), cancellationToken);
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw NoJson();
        }
    }

    private async Task<T> AskAsync<T>(
        HttpRequestMessage request, Func<HttpContent, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(Timeout);
        return await RescueAsync(
            async () =>
            {
                using var response = await SendAsync(request, time.Token);
                return await read(response.Content, time.Token);
            },
            cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                throw await Refusal.ReadAsync(response, cancellationToken);
            }
        }
    }

    /// <summary>Turns every way in which an answer does not come, or not to its end, into words for a person.</summary>
    private async Task<T> RescueAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception problem) when (NetworkFailure.IsOne(problem) || problem is OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ManagementException($"No answer from the gateway at {Api.Authority}. Is it running, and is the address right?");
        }
    }
}
