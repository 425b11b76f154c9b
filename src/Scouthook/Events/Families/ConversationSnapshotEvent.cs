using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>An event whose body is a conversation as it is after the event.</summary>
public abstract record ConversationSnapshotEvent : ConversationEvent
{
    private protected ConversationSnapshotEvent()
    {
    }

    /// <summary>The conversation after the event. Help Scout does not send what it was before.</summary>
    public required Conversation Conversation { get; init; }

    /// <inheritdoc/>
    public sealed override long ConversationId => Conversation.Id;

    /// <inheritdoc/>
    public sealed override HelpScoutPayload Payload => Conversation;
}
