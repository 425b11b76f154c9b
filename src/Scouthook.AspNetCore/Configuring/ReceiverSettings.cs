using System.Collections.Frozen;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>The validated settings of receiving at one moment. Replaced as a whole, never changed.</summary>
internal sealed record ReceiverSettings(FrozenDictionary<string, SourceSettings> Sources, int MaxBodyBytes)
{
    private readonly FrozenDictionary<string, SourceSettings> _byPath = Sources.Values.ToFrozenDictionary(
        source => source.Path.TrimEnd('/'), StringComparer.OrdinalIgnoreCase);

    /// <summary>The maximum number of bytes of bodies in memory: being read, or waiting for their commit.</summary>
    public long MaxBytesInFlight { get; init; } = 64L * 1024 * 1024;

    /// <summary>How long a body may take to arrive completely before the request gets a 408.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <returns>The source with a configured path; <see langword="null"/> if it no longer exists.</returns>
    public SourceSettings? At(string path) => _byPath.GetValueOrDefault(path.TrimEnd('/'));
}
