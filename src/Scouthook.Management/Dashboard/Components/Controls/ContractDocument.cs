using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.AsyncApi;

namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>The contract, read from the AsyncAPI document that Scouthook publishes.</summary>
internal static class ContractDocument
{
    private const string SchemaPrefix = "#/components/schemas/";

    private static readonly Lazy<JsonObject> Components =
        new(() => JsonNode.Parse(AsyncApiDocument.Create(AsyncApiVersion.V300).ToJson())!["components"]!.AsObject());

    // Rendered as text, so that nothing but quotes must be escaped.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns a message: its texts, headers and example.</summary>
    public static ContractMessage Message(string name)
    {
        var message = Components.Value["messages"]![name]!;
        return new ContractMessage(
            (string?)message["title"] ?? name,
            (string?)message["summary"],
            Plain((string?)message["description"]),
            [.. Members(message["headers"])],
            NameOf(message["payload"]),
            message["examples"]?[0]?["payload"]?.ToJsonString(Indented));
    }

    /// <summary>Returns the members of a schema; empty if it has none.</summary>
    public static IReadOnlyList<ContractMember> Schema(string name) => [.. Members(Components.Value["schemas"]?[name])];

    private static IEnumerable<ContractMember> Members(JsonNode? schema)
    {
        if (schema?["properties"] is not JsonObject properties)
        {
            yield break;
        }

        var required = schema["required"]?.AsArray().Select(name => (string?)name).ToHashSet() ?? [];
        foreach (var (name, member) in properties)
        {
            yield return new ContractMember(
                name, TypeOf(member), NameOf(member), required.Contains(name), Plain((string?)member?["description"] ?? DescriptionOf(member)));
        }
    }

    /// <summary>Leaves out where a statement comes from, and turns Markdown into plain lines.</summary>
    private static string? Plain(string? text) => text is null ? null : string.Join(
        "\n\n",
        text.Split("\n\n").Where(paragraph => !paragraph.StartsWith("Source:", StringComparison.Ordinal)))
        .Replace("\n\n- ", "\n- ", StringComparison.Ordinal)
        .Replace("\n- ", "\n• ", StringComparison.Ordinal)
        .Replace("`", "", StringComparison.Ordinal);

    private static string? DescriptionOf(JsonNode? member) =>
        NameOf(member) is { } name ? (string?)Components.Value["schemas"]?[name]?["description"] : null;

    /// <summary>Returns the name of the schema that a member refers to, itself or as an item.</summary>
    private static string? NameOf(JsonNode? schema) => schema switch
    {
        null => null,
        _ when (string?)schema["$ref"] is { } reference && reference.StartsWith(SchemaPrefix, StringComparison.Ordinal) =>
            reference[SchemaPrefix.Length..],
        _ when schema["items"] is { } items => NameOf(items),
        _ when schema["anyOf"] is JsonArray choices => choices.Select(NameOf).FirstOrDefault(name => name is not null),
        _ => null,
    };

    private static string TypeOf(JsonNode? schema)
    {
        if (schema is null)
        {
            return "";
        }

        if (schema["anyOf"] is JsonArray choices)
        {
            return string.Join(" or ", choices.Select(TypeOf).Distinct());
        }

        if (schema["items"] is { } items)
        {
            return $"list: {TypeOf(items)}";
        }

        return (schema["type"], NameOf(schema)) switch
        {
            (_, { } name) => name,
            (JsonArray types, _) => string.Join(" or ", types.Select(type => (string?)type)),
            ({ } type, _) => (string?)type ?? "",
            _ => schema["const"] is { } constant ? constant.ToJsonString() : "any",
        };
    }
}
