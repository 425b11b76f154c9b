namespace Scouthook.Testing.Generating;

/// <summary>The kinds of ids, each with a range of its own.</summary>
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
}
