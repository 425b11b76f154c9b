namespace Scouthook.Events;

/// <summary>A conversation was assigned to a user or a team; probably also sent when it was unassigned.</summary>
public sealed record ConversationAssigned : ConversationEvent;

/// <summary>A conversation was created.</summary>
public sealed record ConversationCreated : ConversationEvent;

/// <summary>AI Answers handed a question over, which created a conversation.</summary>
/// <remarks>Listed on the webhooks page, but not among the names that Help Scout's API accepts for a registration.</remarks>
public sealed record ConversationCreatedByAiAnswers : ConversationEvent;

/// <summary>A conversation was deleted. Its inbox is not sent.</summary>
public sealed record ConversationDeleted : DeletionEvent;

/// <summary>Two conversations were merged; the payload is the survivor and does not name the one absorbed.</summary>
public sealed record ConversationMerged : ConversationEvent;

/// <summary>A person moved a conversation to another inbox. A move by a workflow was seen not to send this.</summary>
public sealed record ConversationMoved : ConversationEvent;

/// <summary>The status of a conversation changed. The status before is not sent.</summary>
public sealed record ConversationStatusChanged : ConversationEvent;

/// <summary>The tags of a conversation changed; the payload has all tags it has now.</summary>
public sealed record ConversationTagsChanged : ConversationEvent;

/// <summary>Custom fields of a conversation changed; the payload has all fields it has now.</summary>
public sealed record ConversationCustomFieldsChanged : ConversationEvent;

/// <summary>A customer replied in a conversation.</summary>
public sealed record CustomerReplyCreated : ConversationEvent;

/// <summary>A user replied in a conversation. Automatic replies do not send this.</summary>
public sealed record AgentReplyCreated : ConversationEvent;

/// <summary>A user added a note to a conversation.</summary>
public sealed record NoteCreated : ConversationEvent;
