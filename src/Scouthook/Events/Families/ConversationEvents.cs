using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>A conversation was assigned to a user or a team; probably also sent when it was unassigned.</summary>
public sealed record ConversationAssigned : ConversationSnapshotEvent;

/// <summary>A conversation was created.</summary>
public sealed record ConversationCreated : ConversationSnapshotEvent;

/// <summary>AI Answers handed a question over, which created a conversation.</summary>
/// <remarks>Listed on the webhooks page, but not among the names that Help Scout's API accepts for a registration.</remarks>
public sealed record ConversationCreatedByAiAnswers : ConversationSnapshotEvent;

/// <summary>A conversation was deleted. Its inbox is not sent.</summary>
public sealed record ConversationDeleted : ConversationEvent, IDeletionEvent
{
    /// <inheritdoc/>
    public required DeletedResource Deleted { get; init; }

    /// <inheritdoc/>
    public override long ConversationId => Deleted.Id;

    /// <inheritdoc/>
    public override HelpScoutPayload Payload => Deleted;
}

/// <summary>Two conversations were merged; the payload is the survivor and does not name the one absorbed.</summary>
public sealed record ConversationMerged : ConversationSnapshotEvent;

/// <summary>A person moved a conversation to another inbox. A move by a workflow was seen not to send this.</summary>
public sealed record ConversationMoved : ConversationSnapshotEvent;

/// <summary>The status of a conversation changed. The status before is not sent.</summary>
public sealed record ConversationStatusChanged : ConversationSnapshotEvent;

/// <summary>The tags of a conversation changed; the payload has all tags it has now.</summary>
public sealed record ConversationTagsChanged : ConversationSnapshotEvent;

/// <summary>Custom fields of a conversation changed; the payload has all fields it has now.</summary>
public sealed record ConversationCustomFieldsChanged : ConversationSnapshotEvent;

/// <summary>A customer replied in a conversation.</summary>
public sealed record CustomerReplyCreated : ConversationSnapshotEvent;

/// <summary>A user replied in a conversation. Automatic replies do not send this.</summary>
public sealed record AgentReplyCreated : ConversationSnapshotEvent;

/// <summary>A user added a note to a conversation.</summary>
public sealed record NoteCreated : ConversationSnapshotEvent;
