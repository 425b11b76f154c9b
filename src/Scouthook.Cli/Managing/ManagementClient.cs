using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>Calls the management API of a gateway.</summary>
internal sealed class ManagementClient(Uri api, string key) : IDisposable
{
    /// <summary>How long to wait for a response, or for the next bytes of a long one.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(100);

    private HttpClient _client = Connect(api, key);

    public Uri Api { get; } = api;

    /// <summary>Closes all connections: if one fell silent, the others can't be trusted either.</summary>
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

    /// <summary>Reads the items of a list without pages.</summary>
    public async Task<IReadOnlyList<JsonObject>> ItemsAsync(string path, CancellationToken cancellationToken) =>
        Items(await GetAsync(path, cancellationToken));

    /// <summary>Reads the items of a list page by page, up to a limit.</summary>
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

    /// <summary>Copies a response of any length to a stream as it arrives.</summary>
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
                    await WriteAsync(output, buffer.AsMemory(0, read), cancellationToken);
                    time.CancelAfter(Timeout);
                }

                return true;
            },
            cancellationToken);
    }

    /// <summary>Opens a response that does not end; the caller decides how long to wait for it.</summary>
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
        [.. ((answer as JsonObject)?["items"] as JsonArray ?? throw NoJson()).Select(item => item!.AsObject())];

    private static ManagementException NoJson() =>
        new("The response is not from a Scouthook gateway. Is this the address of the management API?");

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
                throw await ProblemReader.ReadAsync(response, cancellationToken);
            }
        }
    }

    /// <summary>Writes to standard output, whose failure must not be taken for one of the network.</summary>
    private static async Task WriteAsync(Stream output, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await output.WriteAsync(bytes, cancellationToken);
        }
        catch (Exception exception) when (StandardOutput.IsLost(exception))
        {
            throw new CommandFailedException(StandardOutput.Describe(exception));
        }
    }

    /// <summary>Turns a missing or incomplete response into one error message.</summary>
    private async Task<T> RescueAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (NetworkFailure.IsOne(exception) || exception is OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ManagementException(ManagementException.NoResponse(Api));
        }
    }
}
