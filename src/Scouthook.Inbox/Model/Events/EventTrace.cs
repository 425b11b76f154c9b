using System.Diagnostics;
using System.Text.Json;
using Scouthook.Handling;

namespace Scouthook.Inbox.Model;

/// <summary>The trace of an event: the span of the request that brought it, kept with its headers.</summary>
/// <remarks>
/// It is the header <c>traceparent</c> among those stored with the event, replaced as every hop of a trace does. So it survives
/// a restart and reaches other nodes. The header of a sender is kept if nothing here is traced, and passed on.
/// </remarks>
internal static class EventTrace
{
    public const string Header = "traceparent";

    private const string First = $"[[\"{Header}\",\"";
    private const int Length = 55;

    /// <summary>The span to store with an event that is received now; <see langword="null"/> if nothing is traced.</summary>
    /// <value>Not the activity that the server starts only for the ids of log entries.</value>
    public static Activity? Current =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Source.Name.Length: > 0 } activity ? activity : null;

    /// <summary>True if spans are recorded, so that reading the traces of events is worthwhile.</summary>
    public static bool IsWanted => ScouthookTelemetry.Activities.HasListeners();

    /// <summary>Reads the span from the headers stored with an event.</summary>
    /// <param name="headers">The headers, as a JSON array of pairs.</param>
    public static string? Read(string headers)
    {
        // It is first where this process has written it.
        if (headers.StartsWith(First, StringComparison.Ordinal)
            && headers.Length > First.Length + Length && headers[First.Length + Length] == '"')
        {
            // The first header of a sender may have any value.
            var first = headers.Substring(First.Length, Length);
            return IsValid(first) ? first : null;
        }

        if (!headers.Contains(Header, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        using var pairs = JsonDocument.Parse(headers);
        return pairs.RootElement.EnumerateArray()
            .Where(pair => Header.Equals(pair[0].GetString(), StringComparison.OrdinalIgnoreCase))
            .Select(pair => pair[1].GetString())
            .FirstOrDefault(IsValid);
    }

    /// <summary>Returns the span as the remote parent of others; no parent if there is none.</summary>
    public static ActivityContext Parent(string? traceParent) =>
        ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent) ? parent : default;

    /// <summary>Starts the span of work on several events.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="events">The spans of the events; those not sampled are ignored.</param>
    /// <param name="startedAt">When the work began; the default: now.</param>
    /// <returns>
    /// A span in the trace of the only event, or one in a trace of its own that is linked to each; <see langword="null"/> if none
    /// is traced.
    /// </returns>
    public static Activity? StartBatch(string name, IEnumerable<ActivityContext> events, DateTimeOffset startedAt = default)
    {
        // More links would be cut off by the exporter.
        const int max = 128;
        var links = events.Where(one => one.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
            .Take(max).Select(one => new ActivityLink(one)).ToList();
        if (links.Count == 0)
        {
            return null;
        }

        if (links.Count == 1)
        {
            return ScouthookTelemetry.Activities.StartActivity(
                name, ActivityKind.Internal, links[0].Context, startTime: startedAt);
        }

        // Whatever started this work is not its parent.
        Activity.Current = null;
        return ScouthookTelemetry.Activities.StartActivity(
            name, ActivityKind.Internal, parentContext: default, links: links, startTime: startedAt);
    }

    private static bool IsValid(string? text) => Parent(text) != default;
}
