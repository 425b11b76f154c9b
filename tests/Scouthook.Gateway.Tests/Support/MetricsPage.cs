namespace Scouthook.Gateway.Tests.Support;

/// <summary>The table of metrics in docs/telemetry.md.</summary>
internal static class MetricsPage
{
    /// <summary>Every metric of the gateway.</summary>
    /// <remarks>
    /// Some are served only under conditions, which other tests create: with credentials for Help Scout, or with a separate
    /// address of management.
    /// </remarks>
    public static IReadOnlyList<(string Metric, string Kind, string Labels, bool IsInThisScenario)> Rows { get; } =
    [
        .. from line in File.ReadAllLines(Repository.PathOf("docs/telemetry.md"))
           where line.StartsWith("| `scouthook.", StringComparison.Ordinal) && line.Count(character => character == '|') == 6
               && !line.Contains("not in the gateway", StringComparison.Ordinal)
           let cells = line.Split('|', StringSplitOptions.TrimEntries)
           let kind = cells[3].Split(',')[0]
           let labels = cells[4].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
               .Select(label => "scouthook_" + label.Replace(' ', '_')).Order(StringComparer.Ordinal)
           select (
               cells[2].Trim('`'),
               kind,
               string.Join(' ', labels),
               !line.Contains("only with `ManagementUrls`", StringComparison.Ordinal)
                   && !line.Contains("only with credentials for Help Scout", StringComparison.Ordinal)),
    ];
}
