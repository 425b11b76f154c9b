using System.Collections.Immutable;

namespace Scouthook.Cli.Demonstrating;

/// <summary>One event of the demo: how often it was seen at each stage, which should be once.</summary>
/// <param name="EventName">The event name.</param>
/// <param name="Counts">One count per stage, in the order of <see cref="DemoReport.Stages"/>.</param>
/// <param name="Problem">What is off, or <see langword="null"/>.</param>
internal sealed record DemoRow(string EventName, ImmutableArray<int> Counts, string? Problem)
{
    public bool Ok => Problem is null && Counts.All(count => count == 1);
}
