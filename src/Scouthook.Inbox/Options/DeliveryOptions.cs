namespace Scouthook.Inbox;

/// <summary>Configures how deliveries are attempted.</summary>
public sealed class DeliveryOptions
{
    /// <summary>The waits between attempts, each ±20 %; after the last one a delivery becomes a dead letter.</summary>
    /// <value>Empty means the default: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.</value>
    public IList<TimeSpan> RetrySchedule { get; } = [];

    /// <summary>How long an attempt may take, the response included.</summary>
    /// <value>The default is 15 seconds; at most one hour.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many attempts may run at once to one endpoint.</summary>
    /// <value>The default is 10; at most 1,000.</value>
    public int Concurrency { get; set; } = 10;

    /// <summary>Allows deliveries to private and loopback addresses.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>Private addresses or networks, such as <c>10.1.0.0/16</c>, that deliveries may go to.</summary>
    /// <value>The default is none.</value>
    public IList<string> AllowedNetworks { get; } = [];
}
