namespace Scouthook.Payloads;

/// <summary>The time since which a customer has been waiting for a reply.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>.</remarks>
public sealed record CustomerWaitingSince : HelpScoutPayload
{
    /// <summary>The time since which the customer has been waiting.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>
    /// The same in English words, such as <c>20 hours ago</c> or <c>Mar 15</c>, as of the moment of sending.
    /// </summary>
    public string? Friendly { get; init; }

    /// <summary>The side that wrote the latest reply.</summary>
    /// <remarks>Not documented; seen in a fixture of a vendor library. Mostly absent.</remarks>
    public ReplyFrom? LatestReplyFrom { get; init; }
}
