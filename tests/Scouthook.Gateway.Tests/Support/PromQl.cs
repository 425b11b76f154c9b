using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Scouthook.Gateway.Tests.Support;

/// <summary>The PromQL expressions of <c>deploy/</c> and of the documentation, taken apart as far as names go.</summary>
internal static partial class PromQl
{
    private static readonly string[] Keywords =
    [
        "absent", "and", "bool", "by", "clamp_min", "count", "group_left", "histogram_quantile", "ignoring", "increase", "label_replace",
        "label_values", "max", "min", "offset", "on", "or", "rate", "sum", "time", "topk", "unless", "up", "vector", "without",
    ];

    /// <summary>All expressions, with where they are.</summary>
    public static IEnumerable<(string Place, string Expression)> Expressions()
    {
        const string dashboard = "deploy/grafana/scouthook.json", alerts = "deploy/prometheus/scouthook.rules.yml", page = "docs/telemetry.md";
        foreach (var expression in Texts(JsonNode.Parse(File.ReadAllText(Repository.PathOf(dashboard)))!))
        {
            yield return (dashboard, expression);
        }

        var rules = File.ReadAllText(Repository.PathOf(alerts));
        foreach (Match rule in RuleExpression().Matches(rules))
        {
            yield return (alerts, rule.Groups["one"].Success ? rule.Groups["one"].Value : rule.Groups["more"].Value);
        }

        foreach (Match block in PageBlock().Matches(File.ReadAllText(Repository.PathOf(page))))
        {
            foreach (var line in block.Groups[1].Value.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
            {
                yield return (page, line);
            }
        }
    }

    public static IEnumerable<string> MetricsIn(string expression) =>
        Identifier().Matches(Grouping().Replace(Selector().Replace(Text().Replace(expression, ""), ""), ""))
            .Select(match => match.Value).Where(name => !Keywords.Contains(name)).Distinct();

    public static IEnumerable<string> LabelsIn(string expression) =>
        Matcher().Matches(expression).Select(match => match.Groups[1].Value)
            .Concat(Grouping().Matches(expression).SelectMany(match => Identifier().Matches(match.Groups[1].Value)).Select(match => match.Value))
            .Where(name => name is not "job" and not "instance").Distinct();

    /// <summary>The queries of panels and variables.</summary>
    private static IEnumerable<string> Texts(JsonNode node) => node switch
    {
        JsonObject item => item.SelectMany(member => member.Key is "expr" or "query" && member.Value is JsonValue text
            ? text.GetValue<string>() is var value && value != "prometheus" ? [value] : Array.Empty<string>()
            : member.Value is { } child ? Texts(child) : []),
        JsonArray items => items.SelectMany(item => item is null ? [] : Texts(item)),
        _ => [],
    };

    /// <summary>On one line, or in a block that is indented further.</summary>
    [GeneratedRegex(@"^ +expr: (?:\|-?\n(?<more>(?: {10,}.*\n)+)|(?<one>.+)$)", RegexOptions.Multiline)]
    private static partial Regex RuleExpression();

    [GeneratedRegex(@"^```promql\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex PageBlock();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text();

    /// <summary>What is in braces or brackets.</summary>
    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|\$\w+|\b\d+[smhd]?\b")]
    private static partial Regex Selector();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring|group_left) *\(([^)]*)\)|, *[a-z_]+(?=\)$)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"([a-zA-Z_]\w*) *(?:=~|!~|!=|=) *""")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"[a-zA-Z_]\w*")]
    private static partial Regex Identifier();
}
