using System.Text.Json;

namespace Scouthook.Architecture.Tests.Words;

/// <summary>The words and names to replace, read from <c>words.json</c>.</summary>
/// <param name="Words">Words, matched case-insensitively.</param>
/// <param name="Names">Names in code, matched case-sensitively.</param>
/// <param name="Exceptions">Permitted occurrences, each with its reason.</param>
internal sealed record WordList(
    IReadOnlyList<Word> Words, IReadOnlyList<Word> Names, IReadOnlyList<WordException> Exceptions)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public static WordList Read(string text) => JsonSerializer.Deserialize<WordList>(text, Options)!;
}
