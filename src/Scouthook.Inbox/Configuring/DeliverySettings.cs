using Scouthook.Inbox.Delivering.Network;

namespace Scouthook.Inbox.Configuring;

/// <summary>Validated delivery settings.</summary>
internal sealed record DeliverySettings
{
    private static readonly DeliveryOptions Defaults = new();

    /// <summary>The waits between attempts, before jitter; after the last one a delivery is a dead letter.</summary>
    public IReadOnlyList<TimeSpan> RetrySchedule { get; init; } =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    /// <summary>How long an attempt may take; an endpoint can override it.</summary>
    public TimeSpan Timeout { get; init; } = Defaults.Timeout;

    /// <summary>How many attempts may run at once for one endpoint; an endpoint can override it.</summary>
    public int Concurrency { get; init; } = Defaults.Concurrency;

    /// <summary>The networks deliveries may go to in addition to public ones.</summary>
    public NetworkPolicy Network { get; init; } = new();
}
