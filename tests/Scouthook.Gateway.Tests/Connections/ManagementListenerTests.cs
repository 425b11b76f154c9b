using System.Net;
using System.Net.Sockets;

namespace Scouthook.Gateway.Tests.Connections;

/// <summary>
/// Management with a separate address responds only there, however the server is configured to listen.
/// </summary>
public sealed class ManagementListenerTests : IDisposable
{
    private readonly Folder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kestrel_endpoints_are_public_and_the_management_address_is_separate()
    {
        var setup = (Setup() with { Urls = [] })
            .With("Kestrel:Endpoints:Open:Url", "http://127.0.0.1:0")
            .With("Kestrel:Endpoints:Second:Url", "http://127.0.0.1:0")
            .With("Scouthook:Gateway:ManagementUrls", "http://127.0.0.1:0");
        await using var gateway = await HostedGateway.StartAsync(setup);

        var line = await gateway.LineAsync("receives at http");
        var open = line[line.IndexOf("http", StringComparison.Ordinal)..].Split(", ").Select(url => new Uri(url).Port).ToList();
        Assert.Equal(2, open.Count);
        Assert.DoesNotContain(gateway.ManagementPort, open);
        foreach (var port in open)
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(gateway.Client, $"http://127.0.0.1:{port}/metrics"));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(gateway.Client, $"http://127.0.0.1:{port}/api/v1/events"));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway.Client, $"http://127.0.0.1:{port}/healthz"));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway.Client, "/metrics"));
        Assert.Equal(200, (await gateway.PostAsync(Some.Event(1))).Status);
    }

    [Fact]
    public async Task Any_address_is_distinguished_from_a_loopback_address()
    {
        var setup = (Setup() with { Urls = ["http://*:0"] })
            .With("Scouthook:Gateway:ManagementUrls", "http://127.0.0.1:0");
        await using var gateway = await HostedGateway.StartAsync(setup);

        Assert.NotEqual(gateway.Port, gateway.ManagementPort);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(gateway.Client, $"http://127.0.0.1:{gateway.Port}/metrics"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway.Client, "/metrics"));
    }

    [Fact]
    public async Task Management_can_use_a_Unix_socket_even_after_a_kill()
    {
        var path = Path.Combine(_folder.Path, "management.sock");
        var setup = Setup().With("Scouthook:Gateway:ManagementUrls", $"http://unix:{path}");
        await using (var killed = await GatewayProcess.StartAsync(setup))
        {
            await killed.KillAsync();
        }

        Assert.True(File.Exists(path));
        await using var gateway = await GatewayProcess.StartAsync(setup);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "http://localhost/metrics"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(gateway.Client, $"http://127.0.0.1:{gateway.Port}/metrics"));
        Assert.Equal(200, (await gateway.PostAsync(Some.Event(1))).Status);
    }

    [Theory]
    [InlineData("http://127.0.0.1:18080", "http://127.0.0.1:18080")]
    [InlineData("http://0.0.0.0:18080", "http://127.0.0.1:18080")]
    [InlineData("http://127.0.0.1:18080", "http://*:18080")]
    [InlineData("http://[::]:18080", "http://127.0.0.1:18080")]
    [InlineData("http://localhost:18080", "http://[::1]:18080")]
    [InlineData("http://example.com:18080", "http://127.0.0.1:18080")]
    [InlineData("http://unix:/tmp/scouthook-test.sock", "http://unix:/tmp/../tmp/scouthook-test.sock")]
    public async Task Indistinguishable_addresses_are_rejected_at_startup(string open, string management)
    {
        var (exitCode, output) = await GatewayProcess.RunAsync(
            (Setup() with { Urls = [open] }).With("Scouthook:Gateway:ManagementUrls", management));

        Assert.Equal(2, exitCode);
        Assert.Contains("Scouthook:Gateway:ManagementUrls", output, StringComparison.Ordinal);
        Assert.Contains("overlaps", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Indistinguishable_Kestrel_endpoints_are_rejected_at_startup()
    {
        var (exitCode, output) = await GatewayProcess.RunAsync((Setup() with { Urls = [] })
            .With("Kestrel:Endpoints:Open:Url", "http://*:18081")
            .With("Scouthook:Gateway:ManagementUrls", "http://127.0.0.1:18081"));

        Assert.Equal(2, exitCode);
        Assert.Contains("Kestrel:Endpoints:Open:Url", output, StringComparison.Ordinal);
    }

    private GatewaySetup Setup() => new() { Folder = _folder.Path };

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string url)
    {
        using var answer = await client.GetAsync(url, Cancelled);
        return answer.StatusCode;
    }
}
