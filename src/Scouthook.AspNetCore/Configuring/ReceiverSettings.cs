using System.Collections.Frozen;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>All settings in force at one moment. Replaced as a whole, never changed.</summary>
internal sealed record ReceiverSettings(FrozenDictionary<string, SourceSettings> Sources, int MaxBodyBytes)
{
    /// <summary>The most bytes of bodies that may be in memory: being read, or waiting for their commit.</summary>
    public long MaxBytesInFlight { get; init; } = 64L * 1024 * 1024;

    /// <summary>How long a body may take to arrive whole before it is answered with 408.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
