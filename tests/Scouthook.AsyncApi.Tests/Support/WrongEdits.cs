using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Scouthook.AsyncApi.Tests.Support;

/// <summary>Every way to make a body invalid by one removal or one value of another JSON type.</summary>
internal static class WrongEdits
{
    public static IEnumerable<(string What, JsonObject Edit)> Of(JsonNode body, JsonTypeInfo type) =>
        TypedValue.In(body, type).SelectMany(Of);

    private static IEnumerable<(string What, JsonObject Edit)> Of(TypedValue value)
    {
        if (value.IsAlwaysPresent)
        {
            yield return ($"{value}: removed", Questions.Removal(value));
        }

        foreach (var (name, replacement) in Others(value))
        {
            yield return ($"{value}: {name}", Questions.Replacement(value, replacement));
        }
    }

    private static IEnumerable<(string Name, JsonNode? Value)> Others(TypedValue value)
    {
        var right = Kind(value);
        (string Name, JsonNode? Value)[] kinds =
        [
            ("text", "text"), ("number", 12), ("fraction", 1.5), ("boolean", true), ("list", new JsonArray(1)),
            ("object", new JsonObject { ["text"] = "text" }), ("null", null),
        ];
        return kinds.Where(kind => kind.Name != right && (kind.Name != "null" || !value.MayBeNull));
    }

    /// <summary>
    /// Returns the valid kind. All numbers of the contract are integers, so a fraction is wrong everywhere.
    /// </summary>
    private static string Kind(TypedValue value) => value.Type switch
    {
        _ when value.Type == typeof(DateTimeOffset) || value.HasFormat => "text of a format",
        _ when value.Type == typeof(string) || value.IsOpenValue => "text",
        _ when value.Type == typeof(int) || value.Type == typeof(long) => "number",
        _ when value.Type == typeof(bool) => "boolean",
        _ when value.IsPayload => "object",
        { GenericTypeArguments.Length: 1 } => "list",
        { GenericTypeArguments.Length: 2 } => "object",
        _ => throw new NotSupportedException(value.Type.ToString()),
    };
}
