using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace Scouthook.Gateway.Tests.Delivering;

/// <summary>The networks deliveries may go to.</summary>
public sealed class NetworkTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Local_machine_is_blocked_until_allowed_and_no_proxy_is_used()
    {
        await using var sink = await Sink.StartAsync();
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var at = $"http://{proxy.LocalEndpoint}";
        var setup = new GatewaySetup
        {
            Folder = _folder.Path,
            Environment = new Dictionary<string, string>
            {
                ["http_proxy"] = at, ["HTTP_PROXY"] = at, ["https_proxy"] = at, ["all_proxy"] = at, ["no_proxy"] = "",
            },
        }.With("Scouthook:Delivery:RetrySchedule", "1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s");
        var allowed = setup.With("Scouthook:Delivery:AllowedNetworks", "127.0.0.1/32");

        var (exitCode, output) = await GatewayProcess.RunAsync(setup.To("sink", sink["sink"]));
        Assert.Equal(2, exitCode);
        Assert.Contains("Scouthook:Endpoints:sink:Url is not allowed.", output, StringComparison.Ordinal);

        await using (var before = await GatewayProcess.StartAsync(allowed))
        {
            await before.Client.PostJsonAsync(
                "endpoints", new { name = "sink", url = sink["sink"].Url, secret = sink["sink"].Secret }, HttpStatusCode.Created);
            Assert.Equal(0, await before.StopAsync());
        }

        await using (var refusing = await GatewayProcess.StartAsync(setup))
        {
            Assert.Equal(200, (await refusing.PostAsync(Some.Event(1))).Status);
            var id = (await refusing.Client.EndpointAsync("sink"))["id"];
            await Eventually.AnswersTrueAsync(
                async () => (await refusing.Client.DeliveriesAsync($"endpoint={id}")).SingleOrDefault() is { } found
                    && (string?)found["state"] == "pending" && (int)found["attempts"]! > 0,
                "the delivery was attempted");

            var delivery = await refusing.Client.DeliveryAsync("sink", "pending");
            var attempt = delivery["attemptList"]![0]!;
            Assert.Equal("addressRefused", (string?)attempt["outcome"]);
            Assert.Null(attempt["statusCode"]);
            Assert.Contains("127.0.0.1", (string?)attempt["error"], StringComparison.Ordinal);
            Assert.Contains("Scouthook:Delivery:AllowedNetworks", (string?)attempt["error"], StringComparison.Ordinal);
            Assert.Contains("Scouthook:Delivery:AllowPrivateNetworks", (string?)attempt["error"], StringComparison.Ordinal);
            Assert.Empty(sink["sink"].Arrivals);
            Assert.Contains("Deliveries to endpoint sink are not allowed.", refusing.Output, StringComparison.Ordinal);
            using var second = await refusing.Client.PostAsJsonAsync(
                "/api/v1/endpoints", new { name = "second", url = sink["sink"].Url }, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
            Assert.Contains(
                "Scouthook:Delivery:AllowedNetworks",
                await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
            Assert.Equal(0, await refusing.StopAsync());
        }

        await using var allowing = await GatewayProcess.StartAsync(allowed);
        var delivered = await allowing.Client.DeliveryAsync("sink", "delivered");

        Assert.Equal("delivered", (string?)delivered["attemptList"]!.AsArray()[^1]!["outcome"]);
        Assert.True(Assert.Single(sink["sink"].Taken).IsSigned);
        Assert.False(proxy.Pending(), "the proxy of the environment was asked");
    }

    [Fact]
    public async Task Metadata_address_is_blocked_even_if_private_networks_are_allowed()
    {
        var (exitCode, output) = await GatewayProcess.RunAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 2)
                .To("metadata", "http://169.254.169.254/latest/meta-data"));

        Assert.Equal(2, exitCode);
        Assert.Contains(
            "Scouthook:Endpoints:metadata:Url is not allowed. Deliveries never go to 169.254.169.254", output,
            StringComparison.Ordinal);
    }
}
