using System.Text.Json;
using System.Text.RegularExpressions;

namespace Scouthook.Architecture.Tests.Words;

/// <summary>Sources and pages don't contain the words and names listed in <c>words.json</c>.</summary>
/// <remarks>
/// <c>ceilings.json</c> says how often a word may still occur; a word it doesn't list must not occur. Ceilings only go down:
/// <c>SCOUTHOOK_UPDATE=1</c> lowers them to the current counts.
/// </remarks>
public sealed class WordTests
{
    private const string Folder = "tests/Scouthook.Architecture.Tests/Words";

    private const string Ceilings = $"{Folder}/ceilings.json";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly WordList List = WordList.Read(Repository.ReadAllText($"{Folder}/words.json"));

    private static readonly Dictionary<Word, List<Occurrence>> Found = Search();

    [Fact]
    public void No_word_occurs_more_often_than_it_may()
    {
        var ceilings = JsonSerializer.Deserialize<Dictionary<string, int>>(Repository.ReadAllText(Ceilings))!;
        var occurrences = Found.ToDictionary(word => word.Key, word => word.Value.Where(occurrence => ExceptionFor(occurrence) is null).ToList());
        if (Environment.GetEnvironmentVariable("SCOUTHOOK_UPDATE") == "1")
        {
            ceilings = occurrences.ToDictionary(word => word.Key.Pattern, word => Math.Min(word.Value.Count, ceilings.GetValueOrDefault(word.Key.Pattern)))
                .Where(ceiling => ceiling.Value > 0).ToDictionary();
            File.WriteAllText(Path.Combine(Repository.Root, Ceilings), JsonSerializer.Serialize(ceilings, Indented) + "\n");
        }

        Findings.AssertNone(
            from word in occurrences
            let ceiling = ceilings.GetValueOrDefault(word.Key.Pattern)
            where word.Value.Count > ceiling
            select $"""
                "{word.Key.Pattern}" occurs {word.Value.Count} times, allowed are {ceiling}. Better: {word.Key.Better}
                  {string.Join("\n  ", word.Value)}
                """);
    }

    [Fact]
    public void Every_ceiling_belongs_to_a_listed_word()
    {
        var ceilings = JsonSerializer.Deserialize<Dictionary<string, int>>(Repository.ReadAllText(Ceilings))!;

        Findings.AssertNone(ceilings.Keys.Except(Found.Keys.Select(word => word.Pattern)));
    }

    [Fact]
    public void Every_exception_has_a_reason_and_is_still_required()
    {
        var excused = Found.Values.SelectMany(occurrences => occurrences).Select(ExceptionFor).ToHashSet();

        Findings.AssertNone(List.Exceptions.Where(exception => exception.Reason.Length == 0 || !excused.Contains(exception))
            .Select(exception => $"{exception.File}: {exception.Text}"));
    }

    private static WordException? ExceptionFor(Occurrence occurrence) => List.Exceptions.FirstOrDefault(exception =>
        exception.File == occurrence.File && occurrence.Text.Contains(exception.Text, StringComparison.Ordinal));

    private static Dictionary<Word, List<Occurrence>> Search()
    {
        var files = Files().ToDictionary(file => file, Repository.ReadAllText);
        return List.Words.Select(word => (Word: word, Options: RegexOptions.IgnoreCase))
            .Concat(List.Names.Select(name => (Word: name, Options: RegexOptions.None)))
            .ToDictionary(
                word => word.Word,
                word => files.SelectMany(file => WordSearch.Find(word.Word, word.Options, file.Key, file.Value)).ToList());
    }

    private static IEnumerable<string> Files() =>
        new[] { "*.cs", "*.razor", "*.sql" }.SelectMany(pattern => Repository.Files("src", pattern))
            .Concat(Repository.Files("", "*.md").Where(file => !file.StartsWith("docs/decisions/", StringComparison.Ordinal)))
            .Concat(Repository.Files("contract", "*").Where(file => !file.EndsWith(".md", StringComparison.Ordinal)));
}
