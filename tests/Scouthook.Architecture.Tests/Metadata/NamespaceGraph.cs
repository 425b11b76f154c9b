using System.Text;

namespace Scouthook.Architecture.Tests.Metadata;

/// <summary>The namespaces of one assembly, with an edge from each to every other one that its types use.</summary>
/// <param name="uses">The uses between types that make the edges.</param>
internal sealed class NamespaceGraph(IEnumerable<TypeUse> uses)
{
    private const int ShownUses = 5;

    private readonly ILookup<(string From, string To), TypeUse> _edges =
        uses.Where(use => use.From.Namespace != use.To.Namespace).ToLookup(use => (use.From.Namespace, use.To.Namespace));

    /// <summary>Finds one of the shortest cycles.</summary>
    /// <returns>The namespaces on the cycle, each used by the one before it; empty if there is no cycle.</returns>
    public IReadOnlyList<string> ShortestCycle()
    {
        var targets = _edges.Select(edge => edge.Key).ToLookup(edge => edge.From, edge => edge.To, StringComparer.Ordinal);
        return targets.Select(start => start.Key).Order(StringComparer.Ordinal)
            .Select(start => ShortestWayBack(start, targets))
            .Where(cycle => cycle.Count > 0)
            .MinBy(cycle => cycle.Count) ?? [];
    }

    /// <summary>Writes a cycle with the types whose uses make each of its edges.</summary>
    public string Describe(IReadOnlyList<string> cycle)
    {
        var text = new StringBuilder($"Cycle of {cycle.Count} namespaces:\n");
        for (var index = 0; index < cycle.Count; index++)
        {
            var edge = (From: cycle[index], To: cycle[(index + 1) % cycle.Count]);
            text.Append("  ").Append(edge.From).Append(" uses ").Append(edge.To).Append('\n');
            foreach (var use in _edges[edge].Take(ShownUses))
            {
                text.Append("    ").Append(use.From.Name).Append(" uses ").Append(use.To.Name).Append('\n');
            }

            if (_edges[edge].Count() is var count and > ShownUses)
            {
                text.Append("    and ").Append(count - ShownUses).Append(" more\n");
            }
        }

        return text.ToString();
    }

    private static List<string> ShortestWayBack(string start, ILookup<string, string> targets)
    {
        var reachedFrom = new Dictionary<string, string>();
        var waiting = new Queue<string>([start]);
        while (waiting.TryDequeue(out var current))
        {
            foreach (var next in targets[current].Where(next => !reachedFrom.ContainsKey(next)))
            {
                reachedFrom.Add(next, current);
                waiting.Enqueue(next);
            }
        }

        var cycle = new List<string>();
        for (var step = start; reachedFrom.TryGetValue(step, out var previous) && (cycle.Count == 0 || step != start);)
        {
            cycle.Add(step = previous);
        }

        cycle.Reverse();
        return cycle;
    }
}
