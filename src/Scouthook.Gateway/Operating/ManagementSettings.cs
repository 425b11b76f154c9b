namespace Scouthook.Gateway.Operating;

/// <summary>Validated limits of the management API, from the section <c>Scouthook:Management</c>.</summary>
internal sealed record ManagementSettings
{
    public const string Section = "Scouthook:Management";

    /// <summary>The most streams open at once.</summary>
    public int MaxStreams { get; init; } = 256;

    /// <summary>The most streams that one key may have open at once.</summary>
    public int MaxStreamsPerKey { get; init; } = 32;

    /// <summary>The most look-ups that run at once; others wait for a turn.</summary>
    public int MaxLookups { get; init; } = 4;
}
