using System.Net;
using System.Text.Json.Nodes;
using Scouthook.Gateway.Tests.Api.Routes;

namespace Scouthook.Gateway.Tests.Api.Requests;

/// <summary>Ids abbreviated to their last digits.</summary>
public sealed class IdEndingTests(RouteWorld world) : IClassFixture<RouteWorld>
{
    [Theory]
    [InlineData("getEvent")]
    [InlineData("getDelivery")]
    [InlineData("getEndpoint")]
    [InlineData("getReplay")]
    public async Task Last_eight_digits_find_the_id(string name)
    {
        var route = ApiRoutes.Get(name);
        var id = await route.Id!(world);

        foreach (var given in new[] { id[^8..], id[^9..], id[^11..], id[^17..], id[^8..].ToUpperInvariant(), id.Replace("-", "", StringComparison.Ordinal), id.ToUpperInvariant() })
        {
            var (status, text, _) = await world.UseAsync(route, "viewer", given);

            Assert.True(status == 200, $"{given} of {id} was answered with {status} {text}");
            Assert.Equal(id, (string?)JsonNode.Parse(text)!["id"]);
        }

        foreach (var given in new[] { id[^7..], $"x{id[^8..]}", id[..8], $"{id}0" })
        {
            Assert.Equal(404, (await world.UseAsync(route, "viewer", given)).Status);
        }
    }

    [Fact]
    public async Task Ambiguous_ending_returns_409_with_the_candidates()
    {
        using var folder = new Folder();
        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = folder.Path });
        await new Load(gateway.Port, [.. Some.Events(3)]).RunAsync(1, TestContext.Current.CancellationToken);
        Store.Scalar(
            gateway.Setup.Database,
            "UPDATE event SET id = CAST(substr(id, 1, 12) || x'0badcafe' AS BLOB) WHERE sequence < 3; SELECT 1");

        var ambiguous = await gateway.Client.JsonAsync("/api/v1/events/0badcafe", HttpStatusCode.Conflict);

        var candidates = ambiguous["candidates"]!.AsArray().Select(it => (string)it!).ToList();
        Assert.Equal(2, candidates.Count);
        foreach (var candidate in candidates)
        {
            Assert.EndsWith("0badcafe", candidate, StringComparison.Ordinal);
            Assert.Equal(candidate, (string?)(await gateway.Client.JsonAsync($"/api/v1/events/{candidate}"))["id"]);
        }
    }

    [Fact]
    public async Task Changes_accept_endings_but_keys_do_not()
    {
        var endpoint = await world.EndpointAsync();
        var key = await world.KeyAsync();

        Assert.Equal(200, (await world.UseAsync(ApiRoutes.Get("pauseEndpoint"), "operator", endpoint[^12..])).Status);
        Assert.Equal(403, (await world.UseAsync(ApiRoutes.Get("pauseEndpoint"), "viewer", endpoint[^12..])).Status);
        Assert.Equal(404, (await world.UseAsync(ApiRoutes.Get("revokeKey"), "admin", key[^12..])).Status);
        Assert.Equal(204, (await world.UseAsync(ApiRoutes.Get("revokeKey"), "admin", key)).Status);
    }
}
