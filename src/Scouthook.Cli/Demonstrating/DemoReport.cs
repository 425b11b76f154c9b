using System.Collections.Immutable;

namespace Scouthook.Cli.Demonstrating;

/// <summary>The results of the demo, stage by stage.</summary>
/// <param name="Stages">The names of the stages an event passes, in their order. A further stage is a further column.</param>
/// <param name="Rows">One row per event.</param>
internal sealed record DemoReport(ImmutableArray<string> Stages, ImmutableArray<DemoRow> Rows)
{
    public bool Ok => Rows.All(row => row.Ok);

    /// <summary>How many events were seen at a stage; one seen twice counts once here and is off in its row.</summary>
    public int Total(int stage) => Rows.Count(row => row.Counts[stage] > 0);
}
