using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>A customer was created. It fires for every new customer and cannot be limited to an inbox.</summary>
public sealed record CustomerCreated : CustomerSnapshotEvent;

/// <summary>A customer was changed.</summary>
public sealed record CustomerUpdated : CustomerSnapshotEvent;

/// <summary>A customer was deleted.</summary>
public sealed record CustomerDeleted : CustomerEvent, IDeletionEvent
{
    /// <inheritdoc/>
    public required DeletedResource Deleted { get; init; }

    /// <inheritdoc/>
    public override long CustomerId => Deleted.Id;

    /// <inheritdoc/>
    public override HelpScoutPayload Payload => Deleted;
}
