using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scouthook.AsyncApi.Validating;

/// <summary>A value in a body, and the schemas allowed for it.</summary>
/// <param name="Bundle">The bundled schema, which references point into.</param>
/// <param name="Pointer">The place of the value as a JSON Pointer.</param>
/// <param name="Order">The positions of the members and items that lead to it.</param>
/// <param name="Value">The value.</param>
/// <param name="Choices">The schemas for the value, without references and choices.</param>
internal sealed record SchemaPlace(
    JsonObject Bundle, string Pointer, ImmutableArray<int> Order, JsonElement Value, ImmutableArray<JsonObject> Choices)
{
    private const string Definitions = "#/$defs/";

    public static SchemaPlace Root(JsonObject bundle, string payload, JsonElement body) => new(
        bundle, "", [], body, [.. Resolve(bundle, new JsonObject { ["$ref"] = Definitions + payload })]);

    public static string Append(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>Finds the place that a pointer leads to, from here.</summary>
    public SchemaPlace Find(string pointer) => pointer
        .Split('/').Skip(1)
        .Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
        .Aggregate(this, (place, name) => place.Enter(name));

    private SchemaPlace Enter(string name)
    {
        var isList = Value.ValueKind == JsonValueKind.Array;
        var position = isList
            ? int.Parse(name, CultureInfo.InvariantCulture)
            : Value.EnumerateObject().TakeWhile(member => member.Name != name).Count();
        return new SchemaPlace(
            Bundle,
            Append(Pointer, name),
            Order.Add(position),
            isList ? Value[position] : Value.GetProperty(name),
            [
                .. Choices
                    .Select(schema => isList ? schema["items"] : schema["properties"]?[name] ?? schema["additionalProperties"])
                    .OfType<JsonObject>()
                    .SelectMany(schema => Resolve(Bundle, schema)),
            ]);
    }

    private static IEnumerable<JsonObject> Resolve(JsonObject bundle, JsonObject schema) =>
        schema["$ref"] is { } reference
            ? Resolve(bundle, bundle["$defs"]![reference.GetValue<string>()[Definitions.Length..]]!.AsObject())
            : schema["anyOf"] is JsonArray choices
                ? choices.SelectMany(choice => Resolve(bundle, choice!.AsObject()))
                : [schema];
}
