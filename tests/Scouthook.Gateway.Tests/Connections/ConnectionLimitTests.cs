using System.Globalization;
using System.Net;
using System.Text;

namespace Scouthook.Gateway.Tests.Connections;

/// <summary>Unknown clients open as many connections as possible.</summary>
public sealed class ConnectionLimitTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(322, 1, null)]
    [InlineData(322, 20, null)]
    [InlineData(512, 20, null)]
    [InlineData(512, 20, 5_000)]
    [InlineData(1_024, 1, null)]
    [InlineData(1_024, 20, null)]
    public async Task Idle_connections_up_to_the_descriptor_limit_reject_no_event(int descriptors, int addresses, int? configured)
    {
        var setup = Setup(descriptors);
        await using var gateway = await GatewayProcess.StartAsync(
            configured is { } total ? setup.With("Scouthook:Gateway:MaxConnections", total) : setup);
        using var strangers = new Strangers();
        for (var number = 0; number < descriptors + 100; number++)
        {
            await strangers.OpenAsync(Strangers.Address(number % addresses), gateway.Port);
            if (number % 20 == 0)
            {
                Assert.Equal(200, (await gateway.PostAsync(Some.Event(number))).Status);
            }
        }

        for (var number = 0; number < 20; number++)
        {
            Assert.Equal(200, (await gateway.PostAsync(Some.Event(100_000 + number))).Status);
        }

        Assert.True(gateway.IsRunning);
        Assert.Contains("scouthook_gateway_connections_refused_total", await gateway.FreshMetricsAsync(), StringComparison.Ordinal);
        await gateway.LineAsync("[6001]");
    }

    [Fact]
    public async Task Connections_with_unfinished_headers_or_bodies_are_replaced_too()
    {
        await using var gateway = await GatewayProcess.StartAsync(Setup(322));
        using var strangers = new Strangers();
        var headers = "POST /webhook HTTP/1.1\r\nHost: x\r\n"u8.ToArray();
        var body = Encoding.ASCII.GetBytes(
            "POST /webhook HTTP/1.1\r\nHost: x\r\nX-HelpScout-Signature: " + Convert.ToBase64String(new byte[20])
            + "\r\nContent-Length: 100\r\n\r\n{");
        for (var number = 0; number < 400; number++)
        {
            await strangers.OpenAsync(Strangers.Address(number % 20), gateway.Port, number % 2 == 0 ? headers : body);
            if (number % 20 == 0)
            {
                Assert.Equal(200, (await gateway.PostAsync(Some.Event(number))).Status);
            }
        }

        Assert.Equal(200, (await gateway.PostAsync(Some.Event(100_000))).Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.ReadyAsync()).Status);
    }

    [Fact]
    public async Task Each_address_has_a_limit_but_a_trusted_proxy_has_none()
    {
        var setup = new GatewaySetup { Folder = _folder.Path }
            .With("Scouthook:Gateway:MaxConnectionsPerAddress", 5)
            .With("Scouthook:Gateway:TrustedProxies:0", "127.1.0.2")
            .With("Scouthook:Gateway:TrustedProxies:1", "127.1.1.0/24");
        await using var gateway = await HostedGateway.StartAsync(setup);
        using var strangers = new Strangers();

        Assert.Equal(5, await OpenAsync("127.1.0.1"));
        Assert.Equal(12, await OpenAsync("127.1.0.2"));
        Assert.Equal(12, await OpenAsync("127.1.1.77"));
        Assert.Equal(200, (await gateway.PostAsync(Some.Event(1))).Status);

        async Task<int> OpenAsync(string address)
        {
            var open = 0;
            var request = Encoding.ASCII.GetBytes("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
            for (var number = 0; number < 12; number++)
            {
                var socket = await strangers.OpenAsync(IPAddress.Parse(address), gateway.Port, request);
                try
                {
                    open += socket is not null && await socket.ReceiveAsync(
                        new byte[1_000], TestContext.Current.CancellationToken) > 0 ? 1 : 0;
                }
                catch (System.Net.Sockets.SocketException)
                {
                    // Closed immediately.
                }
            }

            return open;
        }
    }

    private GatewaySetup Setup(int descriptors) => new()
    {
        Folder = _folder.Path,
        Under = ["prlimit", string.Create(CultureInfo.InvariantCulture, $"--nofile={descriptors}:{descriptors}")],
    };
}
