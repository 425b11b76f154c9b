using System.Text.RegularExpressions;

namespace Scouthook.Architecture.Tests.Words;

/// <summary>Finds a word in a text as a reader sees it: across line breaks, comment marks and joined string literals.</summary>
internal static class WordSearch
{
    private const string Gap = """(?:\s|"\s*\+\s*\$?"|///?|--)+""";

    public static IEnumerable<Occurrence> Find(Word word, RegexOptions options, string file, string text)
    {
        var pattern = new Regex($@"(?<!\w)(?:{word.Pattern.Replace(" ", Gap, StringComparison.Ordinal)})(?!\w)", options);
        return pattern.Matches(text).Select(match => OccurrenceAt(file, text, match.Index));
    }

    private static Occurrence OccurrenceAt(string file, string text, int index)
    {
        var start = index == 0 ? 0 : text.LastIndexOf('\n', index - 1) + 1;
        var end = text.IndexOf('\n', index);
        return new Occurrence(file, text.AsSpan(0, index).Count('\n') + 1, text[start..(end < 0 ? text.Length : end)].Trim());
    }
}
