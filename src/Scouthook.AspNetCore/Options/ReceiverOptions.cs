namespace Scouthook.AspNetCore;

/// <summary>Configures the limits of receiving.</summary>
public sealed class ReceiverOptions
{
    internal const int LargestMaxBodyBytes = 1024 * 1024 * 1024;

    /// <summary>The largest body that is read, in bytes. A longer body gets a 413.</summary>
    /// <value>The default is 10 MiB; at most 1 GiB. Help Scout does not document how large a body can be.</value>
    public int MaxBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>The maximum number of bytes of bodies in memory, being read or waiting to be stored.</summary>
    /// <value>The default is 64 MiB. Requests beyond it get a 503, and Help Scout retries them.</value>
    public long MaxBytesInFlight { get; set; } = 64L * 1024 * 1024;

    /// <summary>How long a request waits for its event to be stored before it gets a 503. Used by the inbox.</summary>
    /// <value>The default is 5 seconds; at most one day.</value>
    public TimeSpan CommitTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a body may take to arrive before the request gets a 408.</summary>
    /// <value>The default is 30 seconds; at most one hour.</value>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
