using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>An event whose body is a tag as it is after the event.</summary>
public abstract record TagEvent : HelpScoutEvent
{
    private protected TagEvent()
    {
    }

    /// <summary>The tag after the event.</summary>
    public required Tag Tag { get; init; }

    /// <inheritdoc/>
    public sealed override HelpScoutPayload Payload => Tag;
}
