using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Scouthook.Gateway.Tests.Api.Routes;

namespace Scouthook.Gateway.Tests.Api.Requests;

/// <summary>Invalid bodies and parameters, which no route may fail on.</summary>
public sealed class BodyTests(RouteWorld world) : IClassFixture<RouteWorld>
{
    private static readonly string[] NoText = ["\"\\ud800\"", "\"\\udc00x\"", "\"a\\u0000b\"", "\"\u0001\"", "\"\\x\""];

    public static TheoryData<string> Names => [.. ApiRoutes.All.Where(route => route.Body is not null).Select(route => route.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Undecodable_text_is_rejected_with_the_name_of_its_member(string name)
    {
        var route = ApiRoutes.Get(name);
        foreach (var (member, _) in OpenApi.Body(world.Document, route))
        {
            foreach (var value in NoText[..3])
            {
                await AssertRefusedAsync(route, member, Encoding.UTF8.GetBytes($$"""{"{{member}}":{{value}}}"""));
            }

            await AssertRefusedAsync(route, member, [.. Encoding.UTF8.GetBytes($$"""{"{{member}}":"""), (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}']);
            await AssertRefusedAsync(route, member, Encoding.UTF8.GetBytes($$"""{"{{member}}":["\ud800"]}"""));
            await AssertRefusedAsync(route, member, Encoding.UTF8.GetBytes($$"""{"{{member}}":null,"{{member}}":null}"""));
            await AssertRefusedAsync(route, member, Encoding.UTF8.GetBytes($$"""{"{{member}}":{{new string('[', 40)}}{{new string(']', 40)}}}"""));
            await AssertRefusedAsync(route, member, Encoding.UTF8.GetBytes($$"""{"{{member}}":"{{new string('x', 9_000)}}"}"""));
            await AssertRefusedAsync(route, member, Encoding.UTF8.GetBytes($$"""{"{{member}}":[{{string.Join(',', Enumerable.Repeat('1', 1_001))}}]}"""));
        }

        await AssertRefusedAsync(route, "body", """{"\ud800":1}"""u8.ToArray());
        await AssertRefusedAsync(route, "body", Encoding.UTF8.GetBytes($$"""{"a":{{NoText[3]}}}"""));
        await AssertRefusedAsync(route, "body", Encoding.UTF8.GetBytes(new string('[', 100_000)));
        await AssertRefusedAsync(route, "body", [0xFF, 0xFE, 0x00]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64 * 1024)]
    public async Task Body_over_one_mebibyte_is_rejected_without_reading_all_of_it(int chunk)
    {
        // Without the limit, a replay with a filter of 20 MB was stored and shown to viewers.
        var body = Encoding.UTF8.GetBytes($$"""{"types":[{{string.Join(',', Enumerable.Repeat("\"convo.tags\"", 1_600_000))}}]}""");
        using var client = await RawClient.ConnectAsync(world.Admin.BaseAddress!.Port);
        var request = new RawRequest { Path = "/api/v1/replays", Body = body, ChunkSize = chunk }
            .With("Authorization", $"Bearer {GatewaySetup.Key}");
        var sending = client.SendAsync(request.ToBytes());

        var answer = await client.ReadAsync();

        Assert.Equal(413, answer?.Status);
        Assert.Equal("no-store", answer!["Cache-Control"]);
        await sending;
        Assert.DoesNotContain(
            (await world.Admin.JsonAsync("/api/v1/replays"))["items"]!.AsArray(), item => item!["types"]!.AsArray().Count > 100);
    }

    [Fact]
    public async Task Routes_without_a_body_also_reject_a_large_one()
    {
        using var client = await RawClient.ConnectAsync(world.Admin.BaseAddress!.Port);
        var request = new RawRequest { Path = $"/api/v1/endpoints/{await world.EndpointAsync()}/pause", Body = new byte[2 * 1024 * 1024], ChunkSize = 8_192 }
            .With("Authorization", $"Bearer {GatewaySetup.Key}");
        var sending = client.SendAsync(request.ToBytes());

        Assert.Equal(413, (await client.ReadAsync())?.Status);
        await sending;
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("a%07")]
    [InlineData("%EF%BF%BD")]
    public async Task Control_characters_in_a_query_string_are_rejected_with_the_name_of_the_parameter(string value)
    {
        var (status, text, _) = await world.UseAsync(ApiRoutes.Get("listEvents"), "viewer", query: $"?q={value}");

        Assert.Equal(400, status);
        Assert.StartsWith("q: ", (string?)JsonNode.Parse(text)!["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ApiRoutes.Names), MemberType = typeof(ApiRoutes))]
    public async Task Unknown_query_parameter_is_rejected(string name)
    {
        var route = ApiRoutes.Get(name);
        var id = route.Id is null ? null : await route.Id(world);

        var (status, text, _) = await world.UseAsync(route, "admin", id, query: "?nothing=1");

        Assert.Equal(400, status);
        Assert.StartsWith("nothing: ", (string?)JsonNode.Parse(text)!["detail"], StringComparison.Ordinal);
    }

    private async Task AssertRefusedAsync(ApiRoute route, string member, byte[] body)
    {
        var id = route.Id is null ? null : await _ids.GetAsync(route, world);
        using var client = await RawClient.ConnectAsync(world.Admin.BaseAddress!.Port);

        var answer = await client.ExchangeAsync(
            new RawRequest { Method = route.Method, Path = $"/api/v1{route.Path.Replace("{id}", id, StringComparison.Ordinal)}", Body = body }
                .With("Authorization", $"Bearer {GatewaySetup.Key}"));

        Assert.True(answer?.Status == 400, string.Create(CultureInfo.InvariantCulture, $"{member}: {answer?.Status} {answer?.Text}"));
        Assert.StartsWith($"{member}: ", (string?)JsonNode.Parse(answer!.Text)!["detail"], StringComparison.Ordinal);
    }

    private readonly Ids _ids = new();

    /// <summary>Reuses one id of each kind, which is enough because nothing is changed.</summary>
    private sealed class Ids
    {
        private readonly Dictionary<string, string> _known = [];

        public async Task<string> GetAsync(ApiRoute route, RouteWorld world)
        {
            if (!_known.TryGetValue(route.Name, out var id))
            {
                _known.Add(route.Name, id = await route.Id!(world));
            }

            return id;
        }
    }
}
