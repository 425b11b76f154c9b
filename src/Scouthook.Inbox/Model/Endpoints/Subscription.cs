namespace Scouthook.Inbox.Model;

/// <summary>Whether an endpoint wants an event.</summary>
internal static class Subscription
{
    /// <summary>Whether the name matches. What a pattern means depends on who sends: <c>*</c> is all of Help Scout.</summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="eventType">The event name; empty for an event without one.</param>
    /// <param name="isOperational">Whether Scouthook itself tells it; the name alone does not say so.</param>
    public static bool MatchesName(EndpointDefinition definition, string eventType, bool isOperational) =>
        definition.Events.Any(pattern =>
            IsOperational(pattern) == isOperational && EventPattern.Matches(pattern, eventType));

    /// <summary>Whether state and inbox match.</summary>
    /// <remarks>
    /// Deletions, customers and tags do not tell an inbox. A filter that dropped them would lose what nobody meant to
    /// lose, so only events that tell another inbox are left out.
    /// </remarks>
    public static bool MatchesContent(EndpointDefinition definition, int state, long? mailboxId) =>
        ((int)definition.States & (1 << state)) != 0
        && (mailboxId is not { } mailbox || definition.MailboxIds.Count == 0 || definition.MailboxIds.Contains(mailbox));

    /// <summary>Whether a pattern is about what Scouthook tells of itself.</summary>
    public static bool IsOperational(string pattern) =>
        pattern.StartsWith(OperationalEvent.Source + ".", StringComparison.Ordinal);
}
