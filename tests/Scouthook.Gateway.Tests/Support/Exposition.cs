using System.Globalization;

namespace Scouthook.Gateway.Tests.Support;

/// <summary>Prometheus text, parsed as Prometheus does.</summary>
internal sealed class Exposition
{
    private readonly Dictionary<string, (string Help, string Kind)> _about = [];

    private Exposition()
    {
    }

    /// <summary>Every value, under its name in the text.</summary>
    public List<(string Name, IReadOnlyDictionary<string, string> Labels, double Value)> Samples { get; } = [];

    /// <summary>The metrics, with kind and help text; a histogram is one.</summary>
    public IEnumerable<(string Name, string Kind, string Help)> Metrics => _about.Select(it => (it.Key, it.Value.Kind, it.Value.Help));

    public static Exposition Parse(string text)
    {
        var read = new Exposition();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', 4);
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                read._about[words[2]] = (words[3], "");
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                read._about[words[2]] = (read._about[words[2]].Help, words[3]);
            }
            else
            {
                read.Add(line);
            }
        }

        return read;
    }

    /// <summary>The value with exactly these labels; 0 if there is none.</summary>
    public double this[string name, params (string Name, string Value)[] labels] => Samples
        .Where(it => it.Name == name && it.Labels.Count == labels.Length
            && labels.All(label => it.Labels.GetValueOrDefault(label.Name) == label.Value))
        .Sum(it => it.Value);

    public double Sum(string name) => Samples.Where(it => it.Name == name).Sum(it => it.Value);

    /// <summary>Returns the labels of a metric's values, except those of the histogram itself.</summary>
    public IReadOnlyList<string> LabelsOf(string metric) =>
    [
        .. Samples.Where(it => it.Name == metric || it.Name == metric + "_count")
            .SelectMany(it => it.Labels.Keys).Distinct().Order(StringComparer.Ordinal),
    ];

    private void Add(string line)
    {
        var (end, open) = (line.LastIndexOf(' '), line.IndexOf('{', StringComparison.Ordinal));
        var labels = new Dictionary<string, string>();
        if (open >= 0)
        {
            // No label contains a comma or a quote.
            foreach (var label in line[(open + 1)..line.LastIndexOf('}')].Split(','))
            {
                var parts = label.Split('=', 2);
                labels.Add(parts[0], parts[1].Trim('"'));
            }
        }

        Samples.Add((
            line[..(open >= 0 ? open : end)],
            labels,
            double.Parse(line[(end + 1)..], CultureInfo.InvariantCulture)));
    }
}
