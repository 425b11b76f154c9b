using System.Globalization;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Operating;

/// <summary>A client guesses keys.</summary>
public sealed class WrongKeyTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Eleventh_wrong_key_of_an_address_is_throttled_but_a_valid_key_never_is()
    {
        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path });

        for (var number = 1; number <= 30; number++)
        {
            var answer = await AskAsync(gateway, $"shk_{number}");

            Assert.Equal(number <= 10 ? 401 : 429, answer.Status);
            Assert.Equal(answer.Status, (int)JsonNode.Parse(answer.Text)!["status"]!);
            if (number > 10)
            {
                Assert.InRange(int.Parse(answer["Retry-After"]!, CultureInfo.InvariantCulture), 1, 60);
            }

            Assert.Equal(200, (await AskAsync(gateway, GatewaySetup.Key)).Status);
        }

        Assert.Equal(30, Figures.Metric(await gateway.FreshMetricsAsync(), "scouthook_management_wrong_keys_total{scouthook_outcome=\"unknown\"}"));
        Assert.DoesNotContain("shk_", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_is_the_one_a_trusted_proxy_forwards()
    {
        await using var gateway = await HostedGateway.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.With("Scouthook:Gateway:TrustedProxies:0", "127.0.0.1"));

        for (var number = 1; number <= 11; number++)
        {
            Assert.Equal(number <= 10 ? 401 : 429, (await AskAsync(gateway, "wrong", "203.0.113.7")).Status);
            Assert.Equal(number <= 10 ? 401 : 429, (await AskAsync(
                gateway, "wrong", string.Create(CultureInfo.InvariantCulture, $"2001:db8:1:2::{number}"))).Status);
        }

        Assert.Equal(401, (await AskAsync(gateway, "wrong", "203.0.113.8")).Status);
        Assert.Equal(401, (await AskAsync(gateway, "wrong", "2001:db8:1:3::1")).Status);
        Assert.Equal(200, (await AskAsync(gateway, GatewaySetup.Key, "203.0.113.7")).Status);
    }

    private static async Task<RawAnswer> AskAsync(HostedGateway gateway, string key, string? from = null)
    {
        var request = new RawRequest { Method = "GET", Path = "/api/v1/event-types" }.With("Authorization", $"Bearer {key}");
        return await gateway.SendAsync(from is null ? request : request.With("X-Forwarded-For", from));
    }
}
