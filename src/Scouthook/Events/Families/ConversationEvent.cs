namespace Scouthook.Events;

/// <summary>An event about a conversation, its deletion included.</summary>
/// <remarks>
/// All but <see cref="ConversationDeleted"/> are also a <see cref="ConversationSnapshotEvent"/>, which has the conversation itself.
/// </remarks>
public abstract record ConversationEvent : HelpScoutEvent
{
    private protected ConversationEvent()
    {
    }

    /// <summary>The id of the conversation.</summary>
    public abstract long ConversationId { get; }
}
