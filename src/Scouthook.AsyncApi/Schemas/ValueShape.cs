using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Schemas;

/// <summary>Writes the JSON that a C# type is read from.</summary>
/// <remarks>
/// A type without a rule is an error when the document is written, and so in the tests: a type with a converter of its
/// own must not become a schema that accepts everything.
/// </remarks>
internal static class ValueShape
{
    /// <summary>Date and time as Help Scout writes them, for members where the zone may be missing.</summary>
    private const string ZonelessInstantPattern =
        @"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?(Z|[+-]\d{2}:\d{2})?$";

    public static JsonObject Of(JsonPropertyInfo member, Func<Type, JsonObject> refer)
    {
        var property = (PropertyInfo)member.AttributeProvider!;
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        if (type == typeof(DateTimeOffset))
        {
            return Instant(MemberFormats.MayLackZone(property));
        }

        var shape = Of(type, refer);
        if (MemberFormats.Of(property) is { } format)
        {
            ((JsonObject?)shape["items"] ?? shape)["format"] = format;
        }

        if (member.CustomConverter is null || IsMap(type))
        {
            return shape;
        }

        if (type == typeof(string))
        {
            // The id of a chat: blank text identifies none.
            shape["pattern"] = @"\S";
            return shape;
        }

        return type == typeof(IReadOnlyList<string>)
            ? new JsonObject { ["anyOf"] = new JsonArray(shape, shape["items"]!.DeepClone()) }
            : throw NoRule(type);
    }

    private static JsonObject Of(Type type, Func<Type, JsonObject> refer) => type switch
    {
        _ when type == typeof(string) => new() { ["type"] = "string" },
        _ when type == typeof(bool) => new() { ["type"] = "boolean" },
        _ when type == typeof(int) => new() { ["type"] = "integer", ["format"] = "int32" },
        _ when type == typeof(long) => new() { ["type"] = "integer", ["format"] = "int64" },
        _ when OpenValueSchema.IsOpenValue(type) || type.IsSubclassOf(typeof(HelpScoutPayload)) => refer(type),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => new()
        {
            ["type"] = "array",
            ["items"] = Of(type.GenericTypeArguments[0], refer),
        },
        _ when IsMap(type) => Map(type.GenericTypeArguments[1], refer),
        _ => throw NoRule(type),
    };

    private static JsonObject Instant(bool mayLackZone) => mayLackZone
        ? new()
        {
            ["type"] = "string",
            ["pattern"] = ZonelessInstantPattern,
            ["examples"] = new JsonArray("2026-03-02T10:02:17", "2026-03-02T10:02:17Z"),
        }
        : new()
        {
            ["type"] = "string",
            ["format"] = "date-time",
            ["examples"] = new JsonArray("2026-03-02T10:02:17Z"),
        };

    private static bool IsMap(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);

    /// <summary>An object, or an empty list: PHP writes a map without entries as <c>[]</c>.</summary>
    private static JsonObject Map(Type value, Func<Type, JsonObject> refer)
    {
        var map = new JsonObject { ["type"] = "object" };
        var empty = new JsonObject { ["type"] = "array", ["maxItems"] = 0 };
        if (value != typeof(JsonElement))
        {
            // The list never has items; their type keeps generated code from making it a list of anything.
            map["additionalProperties"] = Of(value, refer);
            empty["items"] = Of(value, refer);
        }

        return new JsonObject { ["anyOf"] = new JsonArray(map, empty) };
    }

    private static NotSupportedException NoRule(Type type) => new($"There is no rule for the schema of {type}.");
}
