namespace Scouthook.Payloads;

/// <summary>What is planned for a conversation: the end of a snooze, or a scheduled message.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>.</remarks>
public sealed record NextEvent : HelpScoutPayload
{
    /// <summary>When it will happen.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>What will happen: <c>snooze</c> (it ends) or <c>scheduled</c> (a message is sent).</summary>
    public NextEventType? EventType { get; init; }

    /// <summary>The id of the user who planned it.</summary>
    public long? UserId { get; init; }

    /// <summary>Whether a reply of the customer calls it off.</summary>
    public bool? CancelOnCustomerReply { get; init; }
}
