using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using Scouthook.AsyncApi.Describing;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Schemas;

/// <summary>Writes a text with known values: they are listed, and any other text is valid too.</summary>
/// <remarks>Only the known values have a title: generators name types by it, and the other branch is a plain text.</remarks>
internal static class OpenValueSchema
{
    private const BindingFlags Statics = BindingFlags.Public | BindingFlags.Static;

    public static bool IsOpenValue(Type type) => type.GetInterfaces().Any(contract =>
        contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IOpenValue<>));

    public static void Fill(JsonObject schema, Type type, Comments comments)
    {
        var known = (IEnumerable)type.GetProperty("Known", Statics)!.GetValue(null)!;
        var texts = known.Cast<object>().Select(Text).ToArray();
        var meanings = type.GetProperties(Statics)
            .Where(property => property.PropertyType == type)
            .OrderBy(property => Array.IndexOf(texts, Text(property.GetValue(null)!)))
            .Select(property => $"- {comments.Describe(property)}");

        schema["title"] = type.Name;
        schema["description"] = $"{comments.Describe(type)}\n\n{string.Join('\n', meanings)}";
        schema["anyOf"] = new JsonArray(
            new JsonObject
            {
                ["title"] = "Known" + type.Name,
                ["type"] = "string",
                ["enum"] = new JsonArray([.. texts.Select(text => (JsonNode)text)]),
            },
            new JsonObject { ["type"] = "string" });
    }

    public static string Text(object value) => (string)value.GetType().GetProperty("Text")!.GetValue(value)!;
}
