using Scouthook.Payloads;

namespace Scouthook.Parsing;

/// <summary>The families whose own members were found in a body.</summary>
[Flags]
internal enum PayloadFamilies
{
    None = 0,
    Conversation = 1 << PayloadShape.Conversation,
    Customer = 1 << PayloadShape.Customer,
    Rating = 1 << PayloadShape.Rating,
    Chat = 1 << PayloadShape.Chat,
    Tag = 1 << PayloadShape.Tag,
    Organization = 1 << PayloadShape.Organization,
    UserStatus = 1 << PayloadShape.UserStatus,
    Survey = 1 << PayloadShape.Survey,
}
