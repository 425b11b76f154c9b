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

    /// <summary>When it is tried again; only for a pending delivery.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Why it becomes a dead letter.</summary>
    public string? Reason { get; init; }

    /// <summary>Why the endpoint is disabled with it.</summary>
    public string? DisableReason { get; init; }

    /// <summary>How long an endpoint may fail without a success before it is disabled.</summary>
    public required TimeSpan MaxFailing { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// True if the endpoint is at fault: a handler that asks for time or gives up on one event works.
    /// </summary>
    /// <value><see langword="null"/> if no attempt was made that could show it.</value>
    public bool? IsFailureOfEndpoint => Result.Outcome switch
    {
        AttemptOutcome.Delivered or AttemptOutcome.RetryLater or AttemptOutcome.GivenUp => false,
        AttemptOutcome.Interrupted or AttemptOutcome.Unreadable or AttemptOutcome.SecretUnreadable => null,
        _ => true,
    };
}
