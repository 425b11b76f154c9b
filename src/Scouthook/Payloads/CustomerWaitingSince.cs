namespace Scouthook.Payloads;

/// <summary>Since when a customer has been waiting for an answer.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>.</remarks>
public sealed record CustomerWaitingSince : HelpScoutPayload
{
    /// <summary>The instant since which the customer waits.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>
    /// The same in English words, such as <c>20 hours ago</c> or <c>Mar 15</c>, as of the moment of sending.
    /// </summary>
    public string? Friendly { get; init; }

    /// <summary>Which side wrote the latest reply.</summary>
    /// <remarks>Not documented; seen in a fixture of a vendor library. Mostly absent.</remarks>
    public ReplyFrom? LatestReplyFrom { get; init; }
}
