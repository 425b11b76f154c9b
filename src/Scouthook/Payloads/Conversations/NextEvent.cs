namespace Scouthook.Payloads;

/// <summary>The next planned event of a conversation: the end of a snooze, or a scheduled message.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>.</remarks>
public sealed record NextEvent : HelpScoutPayload
{
    /// <summary>The time of the event.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The kind of event: <c>snooze</c> (it ends) or <c>scheduled</c> (a message is sent).</summary>
    public NextEventType? EventType { get; init; }

    /// <summary>The id of the user who planned it.</summary>
    public long? UserId { get; init; }

    /// <summary>True if a reply from the customer cancels the event.</summary>
    public bool? CancelOnCustomerReply { get; init; }
}
