using Scouthook.Events;

namespace Scouthook.Cli.Suggesting;

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

        var near = HelpScoutEventCatalog.All
            .Select(type => (type.Name, Distance: NearestNames.Distance(wanted, type.Name)))
            .Where(candidate => candidate.Distance <= Math.Max(3, candidate.Name.Length / 2))
            .OrderBy(candidate => candidate.Distance)
            .ToList();
        return [.. near.TakeWhile(candidate => candidate.Distance <= near[0].Distance + 1).Take(MaxShown).Select(candidate => candidate.Name)];
    }
}
