namespace Scouthook.Gateway.Configuration;

/// <summary>Validated settings of the gateway itself, from the section <c>Scouthook:Gateway</c>.</summary>
internal sealed record GatewaySettings
{
    public const string Section = "Scouthook:Gateway";
    public const int MinConnections = 32;

    /// <summary>A key with all permissions; <see langword="null"/> to generate one at the first start.</summary>
    public string? AdminKey { get; init; }

    /// <summary>Addresses for everything except receiving and health; empty if one address serves all.</summary>
    public IReadOnlyList<string> ManagementUrls { get; init; } = [];

    /// <summary>Below this many free bytes on the data directory's disk, the gateway is not ready.</summary>
    public long MinFreeDiskBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Proxies whose <c>X-Forwarded-*</c> headers are trusted: addresses or networks.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>A source that has received nothing for this long counts as silent.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// The maximum number of connections, over all listeners; <see langword="null"/>: derived from the descriptor
    /// limit.
    /// </summary>
    /// <remarks>The default is the descriptor limit less 256, at most 10,000 and at least 32.</remarks>
    public int? MaxConnections { get; init; }

    /// <summary>The maximum number of connections from one address; trusted proxies have no such limit.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 256;

    /// <summary>How long the headers of a request may take to arrive.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection without a request stays open.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);
}
