namespace Scouthook.Payloads;

/// <summary>The snooze of a conversation: until when it is set aside.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>.</remarks>
public sealed record Snooze : HelpScoutPayload
{
    /// <summary>The id of the user who snoozed the conversation.</summary>
    public long? SnoozedBy { get; init; }

    /// <summary>The time the snooze ends.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>True if a reply from the customer ends the snooze early.</summary>
    public bool? UnsnoozeOnCustomerReply { get; init; }
}
