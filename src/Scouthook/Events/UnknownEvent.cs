namespace Scouthook.Events;

/// <summary>An authentic event whose name is not in the catalogue: a newer one, a test event, or none at all.</summary>
/// <remarks>The body is JSON of any shape; read it from <see cref="HelpScoutEvent.Body"/>.</remarks>
public sealed record UnknownEvent : HelpScoutEvent;
