namespace Scouthook.Testing.Generating;

/// <summary>The kinds of ids that are new in every generated event.</summary>
internal enum IdKind
{
    Conversation,
    ConversationNumber,
    Thread,
    Customer,
    Organization,
    Rating,
    Tag,
    Attachment,
    ContactEntry,
    User,
    Uuid,
}
