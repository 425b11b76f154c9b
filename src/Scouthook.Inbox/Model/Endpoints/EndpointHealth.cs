namespace Scouthook.Inbox.Model;

/// <summary>What the last attempts at an endpoint have shown.</summary>
internal sealed record EndpointHealth
{
    /// <summary>So many failures in a row, over <see cref="DownAfter"/>, mean that an endpoint is down.</summary>
    public const int DownFailures = 5;

    public static readonly TimeSpan DownAfter = TimeSpan.FromSeconds(10);

    /// <summary>No attempt was made yet.</summary>
    public static readonly EndpointHealth None = new();

    /// <summary>Failures in a row.</summary>
    public int Failures { get; init; }

    /// <summary>When the last of them was; <see langword="null"/> after a success.</summary>
    public DateTimeOffset? LastFailedAt { get; init; }

    /// <summary>What went wrong then.</summary>
    public string? LastError { get; init; }

    public DateTimeOffset? LastDeliveredAt { get; init; }

    /// <summary>Days in which everything failed, each seen by an attempt.</summary>
    public int FailingDays { get; init; }

    /// <summary>When the day began that is not counted yet.</summary>
    public DateTimeOffset? FailingDayAt { get; init; }

    /// <summary>The same by the age clock.</summary>
    public DateTimeOffset? FailingDayAge { get; init; }
}
