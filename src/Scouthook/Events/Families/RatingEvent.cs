using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>An event whose body is a satisfaction rating.</summary>
public abstract record RatingEvent : HelpScoutEvent
{
    private protected RatingEvent()
    {
    }

    /// <summary>The rating.</summary>
    public required Rating Rating { get; init; }

    /// <inheritdoc/>
    public sealed override HelpScoutPayload Payload => Rating;
}
