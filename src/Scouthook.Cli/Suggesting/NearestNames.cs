namespace Scouthook.Cli.Suggesting;

/// <summary>Finds the names closest to a misspelt one.</summary>
internal static class NearestNames
{
    /// <returns>The similar names, closest first; none if the text is too different from all.</returns>
    public static IReadOnlyList<string> Of(string text, IEnumerable<string> names, int most)
    {
        var wanted = text.ToLowerInvariant();
        var near = names.Distinct()
            .Select(name => (Name: name, Distance: Distance(wanted, name.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= Math.Max(2, candidate.Name.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .ToList();
        return [.. near.Where(candidate => candidate.Distance <= near[0].Distance + 1).Take(most).Select(candidate => candidate.Name)];
    }

    /// <summary>Levenshtein's distance; names are short, so one row of the table at a time is plenty.</summary>
    public static int Distance(string from, string to)
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
