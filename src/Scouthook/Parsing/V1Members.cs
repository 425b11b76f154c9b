namespace Scouthook.Parsing;

/// <summary>Recognises bodies of payload version V1, which Help Scout still sends for old webhooks.</summary>
/// <remarks>
/// A V1 body has members that V2 does not know, and no <c>_links</c>. The members that V1 and V2 have in common are
/// read; the state reason says why the rest is not.
/// </remarks>
internal static class V1Members
{
    public const string Reason =
        "The body is a V1 payload, which is only partly supported. "
        + "Select V2 payloads in the webhook's settings in Help Scout (payloadVersion V2 in the API).";

    /// <summary>Returns the shapes for which only V1 bodies have the member.</summary>
    public static PayloadFamilies Of(ReadOnlySpan<byte> member) => member.Length switch
    {
        5 when member.SequenceEqual("owner"u8) => PayloadFamilies.Conversation,
        6 when member.SequenceEqual("emails"u8) => PayloadFamilies.Customer,
        6 when member.SequenceEqual("phones"u8) => PayloadFamilies.Customer,
        7 when member.SequenceEqual("mailbox"u8) => PayloadFamilies.Conversation | PayloadFamilies.Rating,
        7 when member.SequenceEqual("isDraft"u8) => PayloadFamilies.Conversation,
        8 when member.SequenceEqual("ticketId"u8) => PayloadFamilies.Rating,
        10 when member.SequenceEqual("modifiedAt"u8) => PayloadFamilies.Conversation | PayloadFamilies.Customer,
        11 when member.SequenceEqual("threadCount"u8) => PayloadFamilies.Conversation,
        14 when member.SequenceEqual("socialProfiles"u8) => PayloadFamilies.Customer,
        _ => PayloadFamilies.None,
    };
}
