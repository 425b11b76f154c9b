namespace Scouthook.Payloads;

/// <summary>The objects sent along with a chat.</summary>
/// <remarks>Source: Help Scout Chat API, <c>/chat/endpoints/events</c>.</remarks>
public sealed record BeaconChatEmbedded : HelpScoutPayload
{
    /// <summary>The events of the chat, oldest first.</summary>
    /// <remarks>
    /// When a customer replied, the new message is the last event of type <c>message</c> whose author is a customer
    /// (inferred).
    /// </remarks>
    public IReadOnlyList<ChatEvent> Events { get; init => field = value.OrEmpty(); } = [];
}
