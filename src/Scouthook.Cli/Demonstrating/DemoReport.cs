using System.Collections.Immutable;

namespace Scouthook.Cli.Demonstrating;

/// <summary>The results of the demo, stage by stage.</summary>
/// <param name="Stages">The names of the stages an event passes, in their order. A further stage is a further column.</param>
/// <param name="Rows">One row per event type.</param>
/// <param name="Events">How many events happened; some types require others before.</param>
internal sealed record DemoReport(ImmutableArray<string> Stages, ImmutableArray<DemoRow> Rows, int Events)
{
    public bool Ok => Rows.All(row => row.Ok);

    /// <summary>How many event types were seen at a stage; one seen twice counts once here and is off in its row.</summary>
    public int Total(int stage) => Rows.Count(row => row.Counts[stage] > 0);
}
