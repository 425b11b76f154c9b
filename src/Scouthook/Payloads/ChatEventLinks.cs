namespace Scouthook.Payloads;

/// <summary>Addresses of what an entry of a chat is about.</summary>
/// <remarks>Source: Help Scout Chat API, <c>/chat/endpoints/events</c>.</remarks>
public sealed record ChatEventLinks : HelpScoutPayload
{
    /// <summary>The user or customer who caused the entry, in the Inbox API.</summary>
    public Link? Author { get; init; }
}
