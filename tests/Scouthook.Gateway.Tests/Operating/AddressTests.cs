using System.Net;

namespace Scouthook.Gateway.Tests.Operating;

/// <summary>The paths served on each address.</summary>
public sealed class AddressTests : IDisposable
{
    private static readonly string[] OfManagement =
        ["/metrics", "/api/v1/events", "/api/v1/sources", "/api/v1/elephants", "/asyncapi.json", "/asyncapi.yaml",
        "/elephants"];

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Management_with_a_separate_address_is_served_only_there()
    {
        await using var gateway = await HostedGateway.StartAsync(
            Setup().With("Scouthook:Gateway:ManagementUrls:0", "http://127.0.0.1:0"));

        Assert.NotEqual(gateway.Port, gateway.ManagementPort);
        Assert.Equal(200, (await gateway.PostAsync(Some.Event(1))).Status);
        Assert.Single(await gateway.Client.EventsAsync());
        foreach (var path in OfManagement)
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(gateway, gateway.Port, path));
        }

        foreach (var path in new[] { "/healthz", "/readyz" })
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, gateway.Port, path));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, gateway.ManagementPort, path));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, gateway.ManagementPort, "/metrics"));
    }

    [Fact]
    public async Task Host_header_does_not_give_access_to_management()
    {
        await using var gateway = await HostedGateway.StartAsync(
            Setup().With("Scouthook:Gateway:ManagementUrls", "http://127.0.0.1:0"));
        var request = new RawRequest { Method = "GET", Path = "/metrics", Host = $"127.0.0.1:{gateway.ManagementPort}" };

        var answer = await gateway.SendAsync(request);

        Assert.Equal(404, answer.Status);
    }

    [Fact]
    public async Task Several_addresses_receive_next_to_a_separate_management_address()
    {
        await using var gateway = await HostedGateway.StartAsync(
            (Setup() with { Urls = ["http://127.0.0.1:0", "http://[::1]:0"] })
            .With("Scouthook:Gateway:ManagementUrls", "http://127.0.0.1:0"));

        var line = await gateway.LineAsync("receives at http");

        var receiving = line[line.IndexOf("http", StringComparison.Ordinal)..].Split(", ");
        Assert.Equal(2, receiving.Length);
        using var client = new HttpClient();
        foreach (var address in receiving)
        {
            using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Without_a_separate_address_management_shares_the_only_one()
    {
        await using var gateway = await HostedGateway.StartAsync(Setup());

        Assert.Equal(gateway.Port, gateway.ManagementPort);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, gateway.Port, "/metrics"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, gateway.Port, "/api/v1/events"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, gateway.Port, "/healthz"));
        var (status, health) = await gateway.ReadyAsync();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("ready", (string?)health["status"]);
        Assert.Equal(["disk", "keys", "nodes", "scouthook", "settings", "store", "webhooks"], health["checks"]!.AsObject().Select(check => check.Key).Order());
    }

    [Fact]
    public async Task Metrics_are_named_as_documented_and_count_correctly()
    {
        await using var gateway = await HostedGateway.StartAsync(Setup());
        await gateway.PostAsync(Some.Event(1));
        await gateway.PostAsync(Some.Event(1));
        await gateway.SendAsync(Some.Event(2).Unsigned());

        var text = await gateway.MetricsAsync();

        Assert.DoesNotContain("scouthook_scouthook", text, StringComparison.Ordinal);
        Assert.Equal(2, Figures.Metric(text, "scouthook_inbox_commit_size_count"));
        Assert.Equal(2, Figures.Metric(text, "scouthook_inbox_commit_size_sum"));
        Assert.Equal(2, Figures.Metric(text, "scouthook_inbox_commit_duration_seconds_count"));
        string[] samples =
        [
            "scouthook_receive_requests_total{", "scouthook_receive_duration_seconds_count{", "scouthook_receive_body_size_bytes_count{",
            "scouthook_inbox_events_total{",
        ];
        Assert.All(samples, name => Assert.Contains("\n" + name, text, StringComparison.Ordinal));
        Assert.Matches("scouthook_inbox_events_total\\{[^}]*\"stored\"[^}]*\\} 1\n", text);
        Assert.Matches("scouthook_inbox_events_total\\{[^}]*\"repeat\"[^}]*\\} 1\n", text);
        Assert.Matches("scouthook_receive_requests_total\\{[^}]*\"kept\"[^}]*\\} 2\n", text);
        Assert.Matches("scouthook_receive_requests_total\\{[^}]*missing[^}]*\\} 1\n", text);
        Assert.DoesNotContain(GatewaySetup.Secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_of_another_gateway_in_the_same_process_are_not_included()
    {
        await using var gateway = await HostedGateway.StartAsync(Setup());
        await using var other = await HostedGateway.StartAsync(Setup() with { Data = "other" });
        await other.PostAsync(Some.Event(1));

        Assert.DoesNotContain("scouthook_receive_requests_total{", await gateway.MetricsAsync(), StringComparison.Ordinal);
        Assert.Contains("scouthook_receive_requests_total{", await other.MetricsAsync(), StringComparison.Ordinal);
    }

    private GatewaySetup Setup() => new() { Folder = _folder.Path };

    private static async Task<HttpStatusCode> StatusAsync(HostedGateway gateway, int port, string path)
    {
        using var answer = await gateway.Client.GetAsync(
            $"http://127.0.0.1:{port}{path}", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
