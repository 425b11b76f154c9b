namespace Scouthook.Inbox.Model;

/// <summary>The state of an endpoint derived from its last attempts.</summary>
internal sealed record EndpointHealth
{
    /// <summary>No attempt has been made yet.</summary>
    public static readonly EndpointHealth None = new();

    /// <summary>Consecutive failures.</summary>
    public int Failures { get; init; }

    /// <summary>When the last failure happened; <see langword="null"/> after a success.</summary>
    public DateTimeOffset? LastFailedAt { get; init; }

    /// <summary>The error of the last failure.</summary>
    public string? LastError { get; init; }

    public DateTimeOffset? LastDeliveredAt { get; init; }

    /// <summary>Days in which every attempt failed, each confirmed by an attempt.</summary>
    public int FailingDays { get; init; }

    /// <summary>The start of the day that is not counted yet.</summary>
    public DateTimeOffset? FailingDayAt { get; init; }

    /// <summary>The same on the age clock.</summary>
    public DateTimeOffset? FailingDayAge { get; init; }
}
