using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Api.Routes;

/// <summary>Each route rejects every invalid input.</summary>
public sealed class RouteInputTests(RouteWorld world) : IClassFixture<RouteWorld>
{
    public static TheoryData<string> Names => ApiRoutes.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Parameter_that_violates_the_document_is_named(string name)
    {
        var route = ApiRoutes.Get(name);
        foreach (var (parameter, schema) in OpenApi.Query(world.Document, route))
        {
            foreach (var wrong in Wrong(schema).Where(it => it is not JsonObject).Select(it => it.ToString()))
            {
                await AssertNamedAsync(route, parameter, query: $"?{parameter}={Uri.EscapeDataString(wrong)}");
            }
        }

        if (OpenApi.Query(world.Document, route).Count > 0)
        {
            await AssertNamedAsync(route, "misspelt", query: "?misspelt=1");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Member_that_violates_the_document_is_named(string name)
    {
        var route = ApiRoutes.Get(name);
        var members = OpenApi.Body(world.Document, route);
        Assert.Equal(route.Body is not null, members.Count > 0);
        foreach (var (member, schema) in members)
        {
            foreach (var wrong in Wrong(schema))
            {
                var body = route.Body!(world);
                body[member] = wrong.DeepClone();
                await AssertNamedAsync(route, member, body.ToJsonString());
            }
        }

        if (members.Count > 0)
        {
            await AssertNamedAsync(route, "misspelt", """{"misspelt":1}""");
            await AssertNamedAsync(route, "body", "not JSON");
            await AssertNamedAsync(route, "body", "5");
        }

        foreach (var (member, body) in route.Wrong)
        {
            await AssertNamedAsync(route, member, body);
        }
    }

    [Fact]
    public async Task Unknown_path_gets_a_hint()
    {
        foreach (var (method, path) in new[] { ("GET", "/nothing"), ("DELETE", "/elephants"), ("GET", "/events/{id}/bodies") })
        {
            var (status, text, contentType) = await world.UseAsync(
                new ApiRoute(method, path, "viewer", 404) { Name = path }, "viewer", "1");

            Assert.Equal((404, "application/problem+json"), (status, contentType));
            Assert.Contains("/openapi/v1.json", text, StringComparison.Ordinal);
        }
    }

    /// <summary>Returns values the schema does not allow.</summary>
    private static List<JsonNode> Wrong(JsonNode schema)
    {
        var wrong = new List<JsonNode>();
        switch ((string?)(schema["type"] is JsonArray types ? types[0] : schema["type"]))
        {
            case "array":
                wrong.AddRange(Wrong(schema["items"]!).Where(it => it is not JsonObject).Select(it => new JsonArray(it.DeepClone())));
                wrong.Add(new JsonObject());
                break;
            case "integer" or "number":
                wrong.Add(JsonValue.Create("many"));
                if (schema["maximum"] is { } most)
                {
                    wrong.Add(JsonValue.Create((long)most.GetValue<double>() + 1));
                    wrong.Add(JsonValue.Create(-1));
                }

                break;
            case "object":
                wrong.Add(JsonValue.Create("some of it"));
                break;
            case "boolean":
                wrong.Add(JsonValue.Create("perhaps"));
                break;
            default:
                if (schema["enum"] is not null || schema["format"] is not null)
                {
                    wrong.Add(JsonValue.Create("some of it"));
                }

                wrong.Add(new JsonObject());
                break;
        }

        return wrong;
    }

    private async Task AssertNamedAsync(ApiRoute route, string input, string? body = null, string query = "")
    {
        var id = route.Id is null ? null : await route.Id(world);

        var (status, text, contentType) = await world.UseAsync(route, "admin", id, body, query);

        Assert.True(status == 400, $"{input}: {body}{query} was answered with {status} {text}");
        Assert.Equal("application/problem+json", contentType);
        Assert.StartsWith($"{input}: ", (string?)JsonNode.Parse(text)!["detail"], StringComparison.Ordinal);
    }
}
