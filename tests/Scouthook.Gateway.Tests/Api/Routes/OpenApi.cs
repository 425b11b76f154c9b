using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Api.Routes;

/// <summary>Reads the OpenAPI document as JSON, and compares responses with its schemas.</summary>
internal static class OpenApi
{
    public static IEnumerable<(string Method, string Path, JsonNode Operation)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!);

    public static IReadOnlyList<(string Name, JsonNode Schema)> Query(JsonNode document, ApiRoute route) =>
    [
        .. (Operation(document, route)["parameters"]?.AsArray() ?? [])
            .Where(parameter => (string?)parameter!["in"] == "query")
            .Select(parameter => ((string)parameter!["name"]!, parameter["schema"]!)),
    ];

    public static IReadOnlyList<(string Name, JsonNode Schema)> Body(JsonNode document, ApiRoute route) =>
    [
        .. (Resolve(document, Operation(document, route)["requestBody"]?["content"]!["application/json"]!["schema"])?["properties"]!.AsObject() ?? [])
            .Select(member => (member.Key, Resolve(document, member.Value)!)),
    ];

    /// <summary>Returns the schema that a reference names.</summary>
    private static JsonNode? Resolve(JsonNode document, JsonNode? schema) => (string?)schema?["$ref"] is { } reference
        ? reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, part) => node[part]!)
        : schema;

    /// <summary>
    /// Asserts that a response has a content type listed in the document, and exactly the members of its schema.
    /// </summary>
    public static void AssertAnswer(JsonNode document, ApiRoute route, int status, string? contentType, string text)
    {
        var answer = Operation(document, route)["responses"]![status.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        Assert.NotNull(answer);
        var content = answer["content"]?.AsObject();
        if (content is null || content.Count == 0)
        {
            Assert.Empty(text);
            return;
        }

        Assert.True(content.ContainsKey(contentType!), $"{contentType} is not documented");
        if (contentType == "application/json" && content[contentType]!["schema"] is { } schema)
        {
            AssertIs(document, schema, JsonNode.Parse(text), "$");
        }
    }

    private static JsonNode Operation(JsonNode document, ApiRoute route) =>
        document["paths"]![$"/api/v1{route.Path}"]![route.Method.ToLowerInvariant()]!;

    private static void AssertIs(JsonNode document, JsonNode schema, JsonNode? value, string where)
    {
        if (schema["$ref"] is not null)
        {
            AssertIs(document, Resolve(document, schema)!, value, where);
            return;
        }

        if (schema["enum"] is { } values)
        {
            Assert.True(values.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)), $"{where} is {value?.ToJsonString()}, which is not in {values.ToJsonString()}");
        }

        if (schema["oneOf"] is { } choices)
        {
            var choice = choices.AsArray().Single(it => (string?)it!["type"] == "null" == (value is null));
            AssertIs(document, choice!, value, where);
            return;
        }

        var types = schema["type"] switch
        {
            JsonArray several => several.Select(it => (string)it!).ToList(),
            { } one => [(string)one!],
            null => [],
        };
        Assert.True(types.Count == 0 || types.Contains(TypeOf(value)) || (types.Contains("number") && TypeOf(value) == "integer"),
            $"{where} is {TypeOf(value)}, not {string.Join(" or ", types)}");
        switch (value)
        {
            case JsonObject members:
                AssertMembers(document, schema, members, where);
                break;
            case JsonArray items when schema["items"] is { } item:
                for (var index = 0; index < items.Count; index++)
                {
                    AssertIs(document, item, items[index], $"{where}[{index}]");
                }

                break;
            default:
                break;
        }
    }

    private static void AssertMembers(JsonNode document, JsonNode schema, JsonObject members, string where)
    {
        var known = schema["properties"]?.AsObject();
        if (known is null)
        {
            if (schema["additionalProperties"] is JsonObject each)
            {
                Assert.All(members, member => AssertIs(document, each, member.Value, $"{where}.{member.Key}"));
            }

            return;
        }

        Assert.All(schema["required"]?.AsArray() ?? [], name => Assert.True(members.ContainsKey((string)name!), $"{where}.{name} is missing"));
        foreach (var (name, value) in members)
        {
            Assert.True(known.ContainsKey(name), $"{where}.{name} is not documented");
            AssertIs(document, known[name]!, value, $"{where}.{name}");
        }
    }

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.ToJsonString().AsSpan().ContainsAny('.', 'e', 'E') ? "number" : "integer",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
