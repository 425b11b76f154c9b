using Scouthook.Events;

namespace Scouthook.Cli.Emitting;

/// <summary>Finds event names similar to a misspelt one.</summary>
internal static class NameSuggestions
{
    private const int MaxShown = 4;

    public static IReadOnlyList<string> Of(string name)
    {
        var wanted = name.ToLowerInvariant();
        if (HelpScoutEventCatalog.FindFamily(wanted) is { IsEmpty: false } family)
        {
            return [.. family.Take(MaxShown).Select(type => type.Name)];
        }

        return
        [
            .. HelpScoutEventCatalog.All
                .Select(type => (type.Name, Distance: Distance(wanted, type.Name)))
                .Where(candidate => candidate.Distance <= Math.Max(3, candidate.Name.Length / 2))
                .OrderBy(candidate => candidate.Distance)
                .Take(MaxShown)
                .Select(candidate => candidate.Name),
        ];
    }

    /// <summary>Levenshtein's distance; names are short, so one row of the table at a time is plenty.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(
                    Math.Min(above, row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[to.Length];
    }
}
