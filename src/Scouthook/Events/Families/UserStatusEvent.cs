using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>An event whose body is the availability of a user.</summary>
public abstract record UserStatusEvent : HelpScoutEvent
{
    private protected UserStatusEvent()
    {
    }

    /// <summary>The availability after the event, for e-mail and for chat.</summary>
    public required UserStatus Status { get; init; }

    /// <inheritdoc/>
    public sealed override HelpScoutPayload Payload => Status;
}
