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

    /// <summary>Counts the letters to insert, delete, replace or swap with their neighbour.</summary>
    public static int Distance(string from, string to)
    {
        var table = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Least(i, j);
            }
        }

        return table[from.Length, to.Length];

        int Least(int i, int j)
        {
            var least = Math.Min(
                Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
            return i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]
                ? Math.Min(least, table[i - 2, j - 2] + 1)
                : least;
        }
    }
}
