using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>An organization was created.</summary>
public sealed record OrganizationCreated : OrganizationSnapshotEvent;

/// <summary>An organization was changed.</summary>
public sealed record OrganizationUpdated : OrganizationSnapshotEvent;

/// <summary>An organization was deleted.</summary>
public sealed record OrganizationDeleted : OrganizationEvent, IDeletionEvent
{
    /// <inheritdoc/>
    public required DeletedResource Deleted { get; init; }

    /// <inheritdoc/>
    public override long OrganizationId => Deleted.Id;

    /// <inheritdoc/>
    public override HelpScoutPayload Payload => Deleted;
}
