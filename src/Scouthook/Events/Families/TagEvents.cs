using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>A tag was created.</summary>
public sealed record TagCreated : TagSnapshotEvent;

/// <summary>A tag was changed.</summary>
public sealed record TagUpdated : TagSnapshotEvent;

/// <summary>A tag was deleted.</summary>
public sealed record TagDeleted : TagEvent, IDeletionEvent
{
    /// <inheritdoc/>
    public required DeletedResource Deleted { get; init; }

    /// <inheritdoc/>
    public override long TagId => Deleted.Id;

    /// <inheritdoc/>
    public override HelpScoutPayload Payload => Deleted;
}
