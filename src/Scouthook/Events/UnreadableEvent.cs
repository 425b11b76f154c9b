namespace Scouthook.Events;

/// <summary>An authentic event whose body is not JSON, or not of the shape that its name promises.</summary>
/// <remarks>
/// Only handlers of <see cref="HelpScoutEvent"/> or of this type see it. The bytes are kept in
/// <see cref="HelpScoutEvent.Body"/>, so nothing is lost while the reason is found.
/// </remarks>
public sealed record UnreadableEvent : HelpScoutEvent
{
    /// <summary>The reason why the body could not be read; quotes nothing from the body.</summary>
    public required string Reason { get; init; }
}
