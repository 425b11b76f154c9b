using System.Text.Json.Nodes;

namespace Scouthook.AsyncApi.Tests.Support;

/// <summary>The types one generator created from one document in one language.</summary>
/// <param name="Name">Tool, language and document.</param>
/// <param name="Types">The names of the types.</param>
/// <param name="Loose">Every line that falls back to an untyped value, after the name of its type.</param>
public sealed record GeneratedOutput(string Name, IReadOnlyList<string> Types, IReadOnlyList<string> Loose)
{
    /// <summary>True if the tool gives an open value its own type; quicktype makes it a string.</summary>
    public bool HasTypesForOpenValues => !Name.StartsWith("quicktype", StringComparison.Ordinal);

    public static GeneratedOutput Read(JsonNode output) => new(
        $"{output["tool"]} {output["language"]} {output["source"]}", Texts(output["types"]), Texts(output["loose"]));

    public static IReadOnlyList<string> Texts(JsonNode? array) => [.. array!.AsArray().Select(text => text!.GetValue<string>())];
}
