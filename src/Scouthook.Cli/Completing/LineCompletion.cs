using System.CommandLine;
using System.CommandLine.Completions;

namespace Scouthook.Cli.Completing;

/// <summary>Completes a command line as the user has typed it up to the cursor.</summary>
internal static class LineCompletion
{
    /// <param name="root">The root command.</param>
    /// <param name="line">The line up to the cursor, with the name of the command.</param>
    /// <returns>The words that fit, each with its description, in alphabetical order.</returns>
    public static IEnumerable<(string Label, string Description)> Of(Command root, string line)
    {
        var typed = line.TrimStart();
        var space = typed.IndexOf(' ', StringComparison.Ordinal);
        var rest = space < 0 ? "" : typed[(space + 1)..];
        var word = rest[(rest.LastIndexOf(' ') + 1)..];
        return root.Parse(rest).GetCompletions(rest.Length)
            .Where(item => IsOffered(item, word))
            .Select(item => (item.Label, FirstSentence(item)))
            .DistinctBy(item => item.Label)
            .OrderBy(item => item.Label, StringComparer.Ordinal);
    }

    /// <summary>Offers options only once their dash is typed, and of an option only the long name.</summary>
    private static bool IsOffered(CompletionItem item, string word) =>
        item.Label.StartsWith(word, StringComparison.Ordinal)
        && (!item.Label.StartsWith('-') || (word.StartsWith('-') && item.Label.StartsWith("--", StringComparison.Ordinal)))
        && !item.Label.StartsWith('/');

    private static string FirstSentence(CompletionItem item)
    {
        var text = (item.Documentation ?? item.Detail ?? "").ReplaceLineEndings(" ");
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }
}
