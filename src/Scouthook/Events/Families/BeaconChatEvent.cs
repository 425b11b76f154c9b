using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>An event whose body is a Beacon chat as it is after the event.</summary>
public abstract record BeaconChatEvent : HelpScoutEvent
{
    private protected BeaconChatEvent()
    {
    }

    /// <summary>The chat after the event.</summary>
    public required BeaconChat Chat { get; init; }

    /// <inheritdoc/>
    public sealed override HelpScoutPayload Payload => Chat;
}
