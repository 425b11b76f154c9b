using System.Globalization;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>Describes what a replay delivers again.</summary>
internal static class ReplayText
{
    /// <param name="replay">The replay.</param>
    /// <param name="endpoint">The name of its endpoint, if known.</param>
    public static string Of(ReplayView replay, string? endpoint)
    {
        if (replay.EventId is not null)
        {
            return "one event";
        }

        if (replay.DeadLetters)
        {
            return $"dead letters of {endpoint ?? "an endpoint"}";
        }

        var conditions = new List<string>();
        Add(replay.Types.Count > 0 ? string.Join(", ", replay.Types) : null);
        Add(replay.Source is { } source ? $"source {source}" : null);
        Add(replay.Resource);
        Add(replay.Mailbox is { } mailbox ? $"inbox {mailbox}" : null);
        Add(replay.EventState);
        Add(replay.Since is { } since ? $"from {Utc(since)}" : null);
        Add(replay.Until is { } until ? $"until {Utc(until)}" : null);
        return $"events: {string.Join(" · ", conditions)}";

        void Add(string? condition)
        {
            if (condition is not null)
            {
                conditions.Add(condition);
            }
        }
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
