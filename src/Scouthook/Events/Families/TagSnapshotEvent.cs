using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>An event whose body is a tag as it is after the event.</summary>
public abstract record TagSnapshotEvent : TagEvent
{
    private protected TagSnapshotEvent()
    {
    }

    /// <summary>The tag after the event.</summary>
    public required Tag Tag { get; init; }

    /// <inheritdoc/>
    public sealed override long TagId => Tag.Id;

    /// <inheritdoc/>
    public sealed override HelpScoutPayload Payload => Tag;
}
