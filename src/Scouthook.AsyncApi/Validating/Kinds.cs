using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scouthook.AsyncApi.Validating;

/// <summary>The kinds of JSON values, as named in schemas and in messages.</summary>
internal static class Kinds
{
    public static IEnumerable<string> Of(JsonObject schema) => schema["type"] switch
    {
        JsonArray kinds => kinds.Select(kind => kind!.GetValue<string>()),
        JsonValue kind => [kind.GetValue<string>()],
        _ => [],
    };

    public static bool Fits(string kind, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => kind == "string",
        JsonValueKind.Number => kind == "integer" && IsWhole(value),
        JsonValueKind.True or JsonValueKind.False => kind == "boolean",
        JsonValueKind.Array => kind == "array",
        JsonValueKind.Object => kind == "object",
        _ => kind == "null",
    };

    /// <summary>Names the allowed kinds: <c>text, a list or null</c>.</summary>
    public static string Describe(IEnumerable<JsonObject> schemas)
    {
        var words = schemas.SelectMany(Of).Distinct().OrderBy(kind => kind == "null").Select(Word).ToArray();
        return words.Length < 2 ? string.Concat(words) : $"{string.Join(", ", words[..^1])} or {words[^1]}";
    }

    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Word("string"),
        JsonValueKind.Number => IsWhole(value) ? Word("integer") : "a number with a fraction",
        JsonValueKind.True or JsonValueKind.False => Word("boolean"),
        JsonValueKind.Array => Word("array"),
        JsonValueKind.Object => Word("object"),
        _ => Word("null"),
    };

    private static string Word(string kind) => kind switch
    {
        "string" => "text",
        "integer" => "a whole number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "an object",
        _ => kind,
    };

    /// <summary><c>1.0</c> and <c>1e3</c> are whole numbers too, however many digits they have.</summary>
    private static bool IsWhole(JsonElement value) =>
        value.TryGetDecimal(out var number) ? number == decimal.Truncate(number) : value.TryGetDouble(out var large) && double.IsInteger(large);
}
