using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Schemas;

/// <summary>The JSON that a C# type is read from.</summary>
/// <remarks>
/// Whatever has no rule here fails when the document is written, and so in the tests: a type with a converter of its own
/// must not become a schema that accepts everything.
/// </remarks>
internal static class ValueShape
{
    /// <summary>Date and time as Help Scout writes them; the zone may be missing, which is why <c>date-time</c> is not it.</summary>
    private const string InstantPattern = @"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?(Z|[+-]\d{2}:\d{2})?$";

    public static JsonObject Of(JsonPropertyInfo member, Func<Type, JsonObject> refer)
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        var shape = Of(type, refer);
        if (member.CustomConverter is null || IsMap(type))
        {
            return shape;
        }

        if (type == typeof(string))
        {
            // The id of a chat: a text of blanks names none.
            shape["pattern"] = @"\S";
            return shape;
        }

        return type == typeof(IReadOnlyList<string>)
            ? new JsonObject { ["anyOf"] = new JsonArray(Titled("List", shape), Titled("Bare text", Of(typeof(string), refer))) }
            : throw NoRule(type);
    }

    private static JsonObject Titled(string title, JsonObject schema)
    {
        schema.Insert(0, "title", title);
        return schema;
    }

    private static JsonObject Of(Type type, Func<Type, JsonObject> refer) => type switch
    {
        _ when type == typeof(string) => new() { ["type"] = "string" },
        _ when type == typeof(bool) => new() { ["type"] = "boolean" },
        _ when type == typeof(int) => new() { ["type"] = "integer", ["format"] = "int32" },
        _ when type == typeof(long) => new() { ["type"] = "integer", ["format"] = "int64" },
        _ when type == typeof(DateTimeOffset) => new()
        {
            ["type"] = "string",
            ["pattern"] = InstantPattern,
            ["examples"] = new JsonArray("2026-03-02T10:02:17Z"),
        },
        _ when OpenValueSchema.IsOpenValue(type) || type.IsSubclassOf(typeof(HelpScoutPayload)) => refer(type),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => new()
        {
            ["type"] = "array",
            ["items"] = Of(type.GenericTypeArguments[0], refer),
        },
        _ when IsMap(type) => Map(type.GenericTypeArguments[1], refer),
        _ => throw NoRule(type),
    };

    private static bool IsMap(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);

    private static JsonObject Map(Type value, Func<Type, JsonObject> refer)
    {
        var map = new JsonObject { ["title"] = "Map", ["type"] = "object" };
        if (value != typeof(JsonElement))
        {
            map["additionalProperties"] = Of(value, refer);
        }

        var empty = new JsonObject
        {
            ["title"] = "Map without entries",
            ["type"] = "array",
            ["maxItems"] = 0,
        };
        return new JsonObject { ["anyOf"] = new JsonArray(map, empty) };
    }

    private static NotSupportedException NoRule(Type type) => new($"There is no rule for the schema of {type}.");
}
