using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Schemas;

/// <summary>Writes one member of a payload: its shape, whether it may be null, and its description.</summary>
internal static class MemberSchema
{
    public static bool IsAlwaysPresent(JsonPropertyInfo member) =>
        member.AttributeProvider!.IsDefined(typeof(AlwaysPresentAttribute), inherit: false);

    public static JsonObject Write(JsonPropertyInfo member, string description, Func<Type, JsonObject> refer)
    {
        var shape = ValueShape.Of(member, refer);
        if (!IsAlwaysPresent(member))
        {
            shape = OrNull(shape);
        }

        // In draft 7 whatever stands beside a reference is ignored, a description included.
        if (shape.ContainsKey("$ref"))
        {
            shape = new JsonObject { ["allOf"] = new JsonArray(shape) };
        }

        shape.Insert(0, "description", description);
        return shape;
    }

    /// <summary>Help Scout leaves out what has no value; a reader should take null for the same.</summary>
    private static JsonObject OrNull(JsonObject shape)
    {
        if (shape["type"] is JsonValue type)
        {
            shape["type"] = new JsonArray(type.DeepClone(), "null");
            return shape;
        }

        var nothing = new JsonObject { ["title"] = "No value", ["type"] = "null" };
        if (shape["anyOf"] is JsonArray choices)
        {
            choices.Add((JsonNode)nothing);
            return shape;
        }

        return new JsonObject { ["anyOf"] = new JsonArray(shape, nothing) };
    }
}
