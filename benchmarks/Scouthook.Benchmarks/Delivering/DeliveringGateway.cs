using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Scouthook.Benchmarks.Delivering;

/// <summary>A gateway with endpoints at a local sink, and its management API.</summary>
internal sealed class DeliveringGateway : IAsyncDisposable
{
    private const string Key = "scouthook-benchmark-admin-key";

    private DeliveringGateway(Accepting.Gateway gateway) => Process = gateway;

    public Accepting.Gateway Process { get; }

    public HttpClient Api { get; } = new();

    /// <param name="data">The data directory.</param>
    /// <param name="sink">The sink with the endpoints.</param>
    /// <param name="endpoints">Their names, which are also their paths.</param>
    public static Task<DeliveringGateway> StartAsync(string data, LocalSink sink, params string[] endpoints) =>
        StartAsync(data, sink, [], endpoints);

    /// <param name="data">The data directory.</param>
    /// <param name="sink">The sink with the endpoints.</param>
    /// <param name="settings">Further settings.</param>
    /// <param name="endpoints">Their names, which are also their paths.</param>
    public static async Task<DeliveringGateway> StartAsync(
        string data, LocalSink sink, (string Key, string Value)[] settings, params string[] endpoints)
    {
        var gateway = new DeliveringGateway(await Accepting.Gateway.StartAsync(
            data,
            [
                ("Scouthook:Gateway:AdminKey", Key),
                ("Scouthook:Delivery:AllowPrivateNetworks", "true"),
                .. settings,
                .. endpoints.Select(name => ($"Scouthook:Endpoints:{name}:Url", $"{sink.Url}/{name}")),
            ]));
        gateway.Api.BaseAddress = new Uri($"http://{gateway.Process.Address}/api/v1/");
        gateway.Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return gateway;
    }

    /// <summary>Limits the concurrent attempts of an endpoint.</summary>
    public static (string Key, string Value) Concurrency(string endpoint, int most) =>
        ($"Scouthook:Endpoints:{endpoint}:Concurrency", most.ToString(CultureInfo.InvariantCulture));

    /// <summary>Pauses or resumes an endpoint.</summary>
    public async Task SetAsync(string endpoint, string action)
    {
        var list = (await Api.GetFromJsonAsync<JsonNode>("endpoints"))!["items"]!.AsArray();
        var id = list.Single(item => (string?)item!["name"] == endpoint)!["id"];
        using var answer = await Api.PostAsJsonAsync($"endpoints/{id}/{action}", new { });
        answer.EnsureSuccessStatusCode();
    }

    public async Task CreateAsync(string name, string url, string pattern)
    {
        using var answer = await Api.PostAsJsonAsync("endpoints", new { name, url, events = new[] { pattern } });
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Process.DisposeAsync();
    }
}
