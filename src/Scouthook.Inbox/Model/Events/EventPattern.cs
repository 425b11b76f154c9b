using Scouthook.Events;

namespace Scouthook.Inbox.Model;

/// <summary>
/// Matches event names: <c>*</c> is every Help Scout event, <c>convo.*</c> a group, <c>conversations</c> a family of the
/// catalogue with its deletion, anything else one name.
/// </summary>
internal static class EventPattern
{
    /// <summary>The pattern that matches every Help Scout event.</summary>
    public const string Everything = "*";

    private const string Group = ".*";
    private const int MaxLength = 200;

    /// <summary>Returns whether a text is a pattern: a star stands alone, or after a dot at the end.</summary>
    /// <param name="pattern">The text.</param>
    /// <returns><see langword="true"/> if it can be used as a pattern.</returns>
    public static bool IsValid(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);

        var star = pattern.IndexOf('*');
        return pattern.Length is > 0 and <= MaxLength
            && (star < 0 || pattern == Everything
                || (star == pattern.Length - 1 && pattern.Length > Group.Length && pattern[star - 1] == '.'));
    }

    /// <summary>Returns whether a name matches a pattern; case-sensitive, as Help Scout's names are.</summary>
    /// <param name="pattern">A valid pattern.</param>
    /// <param name="name">The event name; empty for an event without one.</param>
    /// <returns><see langword="true"/> if it matches.</returns>
    public static bool Matches(string pattern, string name)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(name);

        if (pattern == Everything)
        {
            return true;
        }

        return pattern.EndsWith(Group, StringComparison.Ordinal)
            ? name.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
            : name.Equals(pattern, StringComparison.Ordinal) || HelpScoutEventCatalog.Find(name)?.Family == pattern;
    }
}
