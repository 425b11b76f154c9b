using System.Text.Json.Nodes;
using Scouthook.Gateway.Tests.Api.Routes;

namespace Scouthook.Gateway.Tests.Api.Requests;

/// <summary>Rules for every response of the API.</summary>
public sealed class MethodTests(RouteWorld world) : IClassFixture<RouteWorld>
{
    private static readonly string[] Methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "PURGE"];

    [Fact]
    public async Task Other_methods_get_405_with_the_allowed_methods()
    {
        foreach (var path in ApiRoutes.All.GroupBy(route => route.Path))
        {
            var allowed = path.Select(route => route.Method).Order(StringComparer.Ordinal).ToArray();
            foreach (var method in Methods.Except(allowed))
            {
                var answer = await SendAsync(method, path.Key.Replace("{id}", Guid.Empty.ToString(), StringComparison.Ordinal));

                Assert.True(answer.Status == 405, $"{method} {path.Key} was answered with {answer.Status}");
                Assert.Equal(string.Join(", ", allowed), answer["Allow"]);
                Assert.Equal("no-store", answer["Cache-Control"]);
                if (method != "HEAD")
                {
                    Assert.Equal(405, (int)JsonNode.Parse(answer.Text)!["status"]!);
                }
            }
        }
    }

    [Theory]
    [InlineData("GET", "/elephants", 404)]
    [InlineData("GET", "/events?limit=0", 400)]
    [InlineData("GET", "/events/00000000-0000-0000-0000-000000000000", 404)]
    [InlineData("GET", "/events/short", 404)]
    [InlineData("GET", "/events/%ff", 404)]
    public async Task Errors_are_uncached_problem_details(string method, string path, int status)
    {
        var answer = await SendAsync(method, path);

        Assert.Equal((status, "application/problem+json", "no-store"), (answer.Status, answer["Content-Type"], answer["Cache-Control"]));
        Assert.Equal(status, (int)JsonNode.Parse(answer.Text)!["status"]!);
    }

    [Fact]
    public async Task Responses_are_not_cached_for_any_caller()
    {
        foreach (var path in new[] { "/events", "/stats", "/health", "/keys", "/event-types" })
        {
            Assert.Equal("no-store", (await SendAsync("GET", path))["Cache-Control"]);
            Assert.Equal("no-store", (await SendAsync("GET", path, key: null))["Cache-Control"]);
        }
    }

    [Theory]
    [InlineData("/elephants")]
    [InlineData("/metrics")]
    [InlineData("/asyncapi.json")]
    public async Task Errors_outside_the_API_have_a_body_too(string path)
    {
        using var client = await RawClient.ConnectAsync(world.Admin.BaseAddress!.Port);

        var answer = await client.ExchangeAsync(new RawRequest { Method = "DELETE", Path = path });

        Assert.True(answer!.Status is 404 or 405);
        Assert.Equal(answer.Status, (int)JsonNode.Parse(answer.Text)!["status"]!);
    }

    private async Task<RawAnswer> SendAsync(string method, string path, string? key = GatewaySetup.Key)
    {
        using var client = await RawClient.ConnectAsync(world.Admin.BaseAddress!.Port);
        var request = new RawRequest { Method = method, Path = $"/api/v1{path}" };
        return (await client.ExchangeAsync(key is null ? request : request.With("Authorization", $"Bearer {key}")))!;
    }
}
