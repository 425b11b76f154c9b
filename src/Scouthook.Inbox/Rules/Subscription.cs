using Scouthook.Events;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>Decides whether an endpoint subscribes to an event.</summary>
internal static class Subscription
{
    /// <summary>
    /// Returns whether the name matches. The meaning of a pattern depends on the sender: <c>*</c> is all events of Help
    /// Scout.
    /// </summary>
    /// <param name="patterns">The patterns, any of which may match.</param>
    /// <param name="eventType">The event name; empty for an event without one.</param>
    /// <param name="isOperational">Whether Scouthook itself raises it; the name alone does not show that.</param>
    public static bool MatchesName(IReadOnlyList<string> patterns, string eventType, bool isOperational) =>
        patterns.Any(pattern => IsOperational(pattern) == isOperational && EventPattern.Matches(pattern, eventType));

    /// <summary>Returns whether state and inbox match.</summary>
    /// <remarks>
    /// Deletions, customers and tags do not name an inbox. A filter that dropped them would lose them unintentionally,
    /// so only events that name another inbox are left out.
    /// </remarks>
    public static bool MatchesContent(EndpointDefinition definition, EventState state, long? mailboxId) =>
        ((int)definition.States & (1 << (int)state)) != 0
        && (mailboxId is not { } mailbox || definition.MailboxIds.Count == 0 || definition.MailboxIds.Contains(mailbox));

    /// <summary>Returns whether a pattern matches operational events of Scouthook.</summary>
    public static bool IsOperational(string pattern) =>
        pattern.StartsWith(OperationalEvent.Source + ".", StringComparison.Ordinal);
}
