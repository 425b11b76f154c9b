using System.Collections.Immutable;

namespace Scouthook.Cli.Demonstrating;

/// <summary>One event, or one event type, of the demo: how often each event was seen at each stage, which should be once.</summary>
/// <param name="EventName">The event name.</param>
/// <param name="Counts">One count per stage, in the order of <see cref="DemoReport.Stages"/>.</param>
/// <param name="Problem">What is off, or <see langword="null"/>.</param>
internal sealed record DemoRow(string EventName, ImmutableArray<int> Counts, string? Problem)
{
    public bool Ok => Problem is null && Counts.All(count => count == 1);

    /// <summary>Combines the events of a type: at each stage the count that is furthest from one.</summary>
    public static DemoRow Of(string eventName, IReadOnlyList<DemoRow> events) => events.Count == 0
        ? new DemoRow(eventName, [0, 0, 0, 0], "did not happen")
        : new DemoRow(
            eventName,
            [
                .. events[0].Counts.Select((_, stage) =>
                {
                    var counts = events.Select(row => row.Counts[stage]).ToList();
                    return counts.Max() > 1 ? counts.Max() : counts.Min();
                }),
            ],
            events.FirstOrDefault(row => row.Problem is not null)?.Problem);
}
