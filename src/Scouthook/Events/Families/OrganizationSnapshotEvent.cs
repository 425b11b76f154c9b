using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>An event whose body is an organization as it is after the event.</summary>
public abstract record OrganizationSnapshotEvent : OrganizationEvent
{
    private protected OrganizationSnapshotEvent()
    {
    }

    /// <summary>The organization after the event.</summary>
    public required Organization Organization { get; init; }

    /// <inheritdoc/>
    public sealed override long OrganizationId => Organization.Id;

    /// <inheritdoc/>
    public sealed override HelpScoutPayload Payload => Organization;
}
