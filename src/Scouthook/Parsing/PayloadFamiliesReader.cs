namespace Scouthook.Parsing;

/// <summary>
/// Recognises the members that only one family has, so that a body under another family's name is detected.
/// </summary>
/// <remarks>
/// A mark of another family counts only if none of the expected family is present (<see cref="FactsReader"/>): Help
/// Scout may give a conversation a member that today only customers have, and no real event may become unreadable by
/// that. Members that others may have as well, such as <c>conversationId</c> and <c>email</c>, are not marks.
/// </remarks>
internal static class PayloadFamiliesReader
{
    public static PayloadFamilies Of(ReadOnlySpan<byte> member) => member.Length switch
    {
        4 when member.SequenceEqual("slug"u8) => PayloadFamilies.Tag,
        4 when member.SequenceEqual("chat"u8) => PayloadFamilies.UserStatus,
        6 when member.SequenceEqual("number"u8) => PayloadFamilies.Conversation,
        6 when member.SequenceEqual("gender"u8) => PayloadFamilies.Customer,
        6 when member.SequenceEqual("rating"u8) => PayloadFamilies.Rating,
        6 when member.SequenceEqual("userId"u8) => PayloadFamilies.UserStatus,
        7 when member.SequenceEqual("threads"u8) => PayloadFamilies.Conversation,
        7 when member.SequenceEqual("domains"u8) => PayloadFamilies.Organization,
        7 when member.SequenceEqual("logoUrl"u8) => PayloadFamilies.Organization,
        7 when member.SequenceEqual("message"u8) => PayloadFamilies.Survey,
        8 when member.SequenceEqual("folderId"u8) => PayloadFamilies.Conversation,
        8 when member.SequenceEqual("lastName"u8) => PayloadFamilies.Customer,
        8 when member.SequenceEqual("threadId"u8) => PayloadFamilies.Rating,
        8 when member.SequenceEqual("beaconId"u8) => PayloadFamilies.Chat,
        8 when member.SequenceEqual("timeline"u8) => PayloadFamilies.Chat,
        8 when member.SequenceEqual("response"u8) => PayloadFamilies.Survey,
        9 when member.SequenceEqual("firstName"u8) => PayloadFamilies.Customer,
        9 when member.SequenceEqual("photoType"u8) => PayloadFamilies.Customer,
        10 when member.SequenceEqual("background"u8) => PayloadFamilies.Customer,
        10 when member.SequenceEqual("brandColor"u8) => PayloadFamilies.Organization,
        11 when member.SequenceEqual("ticketCount"u8) => PayloadFamilies.Tag,
        12 when member.SequenceEqual("closedByUser"u8) => PayloadFamilies.Conversation,
        13 when member.SequenceEqual("userUpdatedAt"u8) => PayloadFamilies.Conversation,
        15 when member.SequenceEqual("primaryCustomer"u8) => PayloadFamilies.Conversation,
        _ => PayloadFamilies.None,
    };

    public static string Describe(PayloadFamilies marks) => marks switch
    {
        PayloadFamilies.Conversation => "a conversation",
        PayloadFamilies.Customer => "a customer",
        PayloadFamilies.Rating => "a rating",
        PayloadFamilies.Chat => "a chat",
        PayloadFamilies.Tag => "a tag",
        PayloadFamilies.Organization => "an organization",
        PayloadFamilies.UserStatus => "a user status",
        PayloadFamilies.Survey => "a survey answer",
        _ => "other resources",
    };
}
