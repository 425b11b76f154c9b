using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scouthook.AsyncApi.Tests.Support;

/// <summary>The questions that <see cref="Node"/> answers.</summary>
internal static class Questions
{
    public static JsonObject Yaml(string text) => new() { ["ask"] = "yaml", ["text"] = text };

    public static JsonObject Parse(string text) => new() { ["ask"] = "parse", ["text"] = text };

    public static JsonObject Lint(IEnumerable<string> files) =>
        new() { ["ask"] = "lint", ["files"] = new JsonArray([.. files.Select(file => (JsonNode)file)]) };

    public static JsonObject Bundle(JsonObject schema, IEnumerable<JsonObject> cases) =>
        new() { ["ask"] = "bundle", ["schema"] = schema, ["cases"] = new JsonArray([.. cases]) };

    public static JsonObject Schemas(JsonObject document) => new() { ["ask"] = "schemas", ["document"] = document };

    public static JsonObject Validate(JsonObject document, IEnumerable<JsonObject> cases) =>
        new() { ["ask"] = "validate", ["document"] = document, ["cases"] = new JsonArray([.. cases]) };

    public static JsonObject Case(string message, JsonNode? body, IEnumerable<JsonObject>? edits = null) =>
        new() { ["message"] = message, ["body"] = body, ["edits"] = new JsonArray([.. edits ?? []]) };

    public static JsonObject BundleCase(string name, JsonNode? body, IEnumerable<JsonObject>? edits = null) =>
        new() { ["event"] = name, ["body"] = body, ["edits"] = new JsonArray([.. edits ?? []]) };

    public static JsonObject Removal(TypedValue value) => new() { ["path"] = Steps(value), ["remove"] = true };

    public static JsonObject Replacement(TypedValue value, JsonNode? by) => new() { ["path"] = Steps(value), ["value"] = by };

    private static JsonNode Steps(TypedValue value) => JsonSerializer.SerializeToNode(value.Path)!;
}
