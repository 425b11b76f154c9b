namespace Scouthook.Payloads;

/// <summary>Links to the resources that a chat event is about.</summary>
/// <remarks>Source: Help Scout Chat API, <c>/chat/endpoints/events</c>.</remarks>
public sealed record ChatEventLinks : HelpScoutPayload
{
    /// <summary>The user or customer who caused the entry, in the Inbox API.</summary>
    public Link? Author { get; init; }
}
