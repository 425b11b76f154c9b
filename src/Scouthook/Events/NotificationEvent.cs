namespace Scouthook.Events;

/// <summary>
/// An authentic event of a webhook in notification mode: the body only contains the URL of the resource.
/// </summary>
/// <remarks>
/// The exact JSON is not documented. Scouthook reads <c>_links.self.href</c> first, then a single text member that is a
/// URL under <c>https://api.helpscout.net/</c>.
/// </remarks>
public sealed record NotificationEvent : HelpScoutEvent
{
    /// <summary>The event type that the event's name belongs to.</summary>
    public required HelpScoutEventType EventType { get; init; }

    /// <summary>The URL from which the resource can be read, with a token of Help Scout's API.</summary>
    public required Uri ResourceUri { get; init; }
}
