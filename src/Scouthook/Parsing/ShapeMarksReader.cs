namespace Scouthook.Parsing;

/// <summary>Knows the members that only one family has, so that a body under another family's name is noticed.</summary>
/// <remarks>
/// A mark of another family counts only where none of the expected family stands beside it
/// (<see cref="FactsReader"/>): Help Scout may give a conversation a member that today only customers have, and no
/// real event may become unreadable by that. Members that others may have as well, such as <c>conversationId</c> and
/// <c>email</c>, are no marks.
/// </remarks>
internal static class ShapeMarksReader
{
    public static ShapeMarks Of(ReadOnlySpan<byte> member) => member.Length switch
    {
        4 when member.SequenceEqual("slug"u8) => ShapeMarks.Tag,
        4 when member.SequenceEqual("chat"u8) => ShapeMarks.UserStatus,
        6 when member.SequenceEqual("number"u8) => ShapeMarks.Conversation,
        6 when member.SequenceEqual("gender"u8) => ShapeMarks.Customer,
        6 when member.SequenceEqual("rating"u8) => ShapeMarks.Rating,
        6 when member.SequenceEqual("userId"u8) => ShapeMarks.UserStatus,
        7 when member.SequenceEqual("threads"u8) => ShapeMarks.Conversation,
        7 when member.SequenceEqual("domains"u8) => ShapeMarks.Organization,
        7 when member.SequenceEqual("logoUrl"u8) => ShapeMarks.Organization,
        7 when member.SequenceEqual("message"u8) => ShapeMarks.Survey,
        8 when member.SequenceEqual("folderId"u8) => ShapeMarks.Conversation,
        8 when member.SequenceEqual("lastName"u8) => ShapeMarks.Customer,
        8 when member.SequenceEqual("threadId"u8) => ShapeMarks.Rating,
        8 when member.SequenceEqual("beaconId"u8) => ShapeMarks.Chat,
        8 when member.SequenceEqual("timeline"u8) => ShapeMarks.Chat,
        8 when member.SequenceEqual("response"u8) => ShapeMarks.Survey,
        9 when member.SequenceEqual("firstName"u8) => ShapeMarks.Customer,
        9 when member.SequenceEqual("photoType"u8) => ShapeMarks.Customer,
        10 when member.SequenceEqual("background"u8) => ShapeMarks.Customer,
        10 when member.SequenceEqual("brandColor"u8) => ShapeMarks.Organization,
        11 when member.SequenceEqual("ticketCount"u8) => ShapeMarks.Tag,
        12 when member.SequenceEqual("closedByUser"u8) => ShapeMarks.Conversation,
        13 when member.SequenceEqual("userUpdatedAt"u8) => ShapeMarks.Conversation,
        15 when member.SequenceEqual("primaryCustomer"u8) => ShapeMarks.Conversation,
        _ => ShapeMarks.None,
    };

    public static string Words(ShapeMarks marks) => marks switch
    {
        ShapeMarks.Conversation => "a conversation",
        ShapeMarks.Customer => "a customer",
        ShapeMarks.Rating => "a rating",
        ShapeMarks.Chat => "a chat",
        ShapeMarks.Tag => "a tag",
        ShapeMarks.Organization => "an organization",
        ShapeMarks.UserStatus => "a user status",
        ShapeMarks.Survey => "a survey answer",
        _ => "other resources",
    };
}
