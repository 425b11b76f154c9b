using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Schemas;

/// <summary>Writes one member of a payload: its shape, whether it may be null, and its description.</summary>
internal static class MemberSchema
{
    public static bool IsAlwaysPresent(JsonPropertyInfo member) =>
        member.AttributeProvider!.IsDefined(typeof(AlwaysPresentAttribute), inherit: false);

    /// <summary>Returns whether a member is written as a plain reference, which has no room for a description.</summary>
    /// <remarks>
    /// Draft 7 ignores keywords next to <c>$ref</c>, and wrapping it in <c>allOf</c> makes generators invent a type
    /// without a name. Such members are described in the object that has them.
    /// </remarks>
    public static bool IsReference(JsonObject shape) => shape.ContainsKey("$ref");

    public static JsonObject Write(JsonPropertyInfo member, string description, Func<Type, JsonObject> refer)
    {
        var shape = ValueShape.Of(member, refer);
        if (!IsAlwaysPresent(member))
        {
            shape = OrNull(shape);
        }

        if (!IsReference(shape))
        {
            shape.Insert(0, "description", description);
        }

        return shape;
    }

    /// <summary>Help Scout leaves out members without a value; readers should treat null the same.</summary>
    private static JsonObject OrNull(JsonObject shape)
    {
        if (shape["type"] is JsonValue type)
        {
            shape["type"] = new JsonArray(type.DeepClone(), "null");
            return shape;
        }

        var nothing = new JsonObject { ["type"] = "null" };
        if (shape["anyOf"] is JsonArray choices)
        {
            choices.Add((JsonNode)nothing);
            return shape;
        }

        return new JsonObject { ["anyOf"] = new JsonArray(shape, nothing) };
    }
}
