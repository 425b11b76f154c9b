using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>Decides which events a list shows, by their types.</summary>
/// <param name="patterns">The requested patterns, any of which may match; empty: all.</param>
internal sealed class EventTypeFilter(IReadOnlyList<string> patterns)
{
    /// <summary>True if only some names match.</summary>
    public bool IsSelective => patterns.Count > 0 && !IncludesEverything;

    /// <summary>True if every event of Help Scout was requested, and so none that Scouthook raises itself.</summary>
    public bool IncludesEverything => patterns.Contains(EventPattern.Everything);

    /// <summary>Returns whether an event name matches a pattern.</summary>
    public bool Matches(string eventType) => patterns.Any(pattern => EventPattern.Matches(pattern, eventType));

    /// <summary>Returns whether a list of events shows operational ones: only on request.</summary>
    /// <param name="source">The requested source; <see langword="null"/> for all.</param>
    public bool ShowsOperational(string? source) => source is not null || patterns.Any(Subscription.IsOperational);
}
