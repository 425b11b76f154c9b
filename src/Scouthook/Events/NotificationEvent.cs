namespace Scouthook.Events;

/// <summary>An authentic event of a webhook in notification mode: the body only says where the resource can be read.</summary>
/// <remarks>
/// The exact JSON is not documented. Scouthook looks for <c>_links.self.href</c> first, then for a single text member
/// that is an address at <c>https://api.helpscout.net/</c>.
/// </remarks>
public sealed record NotificationEvent : HelpScoutEvent
{
    /// <summary>The row of the catalogue that the event's name belongs to.</summary>
    public required HelpScoutEventType EventType { get; init; }

    /// <summary>Where the resource can be read, with a token of Help Scout's API.</summary>
    public required Uri ResourceUri { get; init; }
}
