namespace Scouthook.Inbox.Model;

/// <summary>The new state of a delivery after an attempt.</summary>
internal sealed record Settlement
{
    public required DeliveryLease Lease { get; init; }

    /// <summary>When the attempt began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required AttemptResult Result { get; init; }

    /// <summary>Pending, delivered or dead-lettered.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>How long after the settlement it is tried again; only for a pending delivery.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Why it becomes a dead letter.</summary>
    public string? Reason { get; init; }
}
