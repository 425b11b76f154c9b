using System.Net;
using System.Net.Http.Headers;

namespace Scouthook.Gateway.Tests.Operating;

/// <summary>Public documents are created once, not once per request.</summary>
[Collection(AloneCollection.Name)]
public sealed class OpenRouteTests : IDisposable
{
    private const int Connections = 100;
    private const int PerConnection = 5;

    private readonly Folder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/openapi/")]
    [InlineData("/openapi/scalar.js")]
    [InlineData("/asyncapi.json")]
    [InlineData("/asyncapi.json?version=2.6.0")]
    [InlineData("/asyncapi.yaml")]
    [InlineData("/asyncapi.yaml?version=2.6.0")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task Hundreds_of_concurrent_requests_reject_no_event(string path)
    {
        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path });
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{gateway.Port}"),
        };
        var asking = Enumerable.Range(0, Connections).Select(async _ =>
        {
            for (var number = 0; number < PerConnection; number++)
            {
                using var answer = await client.GetAsync(path, Cancelled);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                await answer.Content.ReadAsByteArrayAsync(Cancelled);
            }
        }).ToList();
        var load = new Load(gateway.Port, Some.Events(12));
        await load.RunAsync(12, Cancelled);
        await Task.WhenAll(asking);

        Assert.Equal(12, load.Acknowledged.Count);
        Assert.Empty(load.Refused);
    }

    [Fact]
    public async Task Concurrent_requests_collect_metrics_once()
    {
        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path });
        var started = TimeProvider.System.GetTimestamp();

        // Fewer than the connection limit of one address.
        var texts = await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            // Each connection changes the metrics.
            using var client = new HttpClient();
            return await client.GetStringAsync($"http://127.0.0.1:{gateway.Port}/metrics", Cancelled);
        }));

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Assert.InRange(texts.Distinct().Count(), 1, (int)seconds + 2);
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/asyncapi.json")]
    [InlineData("/asyncapi.yaml?version=2.6.0")]
    public async Task Unchanged_document_returns_304(string path)
    {
        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path });
        using var first = await gateway.Client.GetAsync(path, Cancelled);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var other = new HttpRequestMessage(HttpMethod.Get, path);
        other.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\""));

        using var second = await gateway.Client.SendAsync(request, Cancelled);
        using var third = await gateway.Client.SendAsync(other, Cancelled);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.Equal(await first.Content.ReadAsStringAsync(Cancelled), await third.Content.ReadAsStringAsync(Cancelled));
    }
}
