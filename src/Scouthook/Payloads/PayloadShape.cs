namespace Scouthook.Payloads;

/// <summary>The shapes of the 26 bodies; fewer than events, as eleven events carry a conversation and four an id.</summary>
internal enum PayloadShape
{
    Conversation,
    Customer,
    Rating,
    Chat,
    Tag,
    Organization,
    UserStatus,
    Survey,
    Deleted,
}
