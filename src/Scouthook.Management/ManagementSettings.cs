namespace Scouthook.Management;

/// <summary>Validated settings of management, from the section <c>Scouthook:Management</c> and from code.</summary>
internal sealed record ManagementSettings
{
    public const string Section = "Scouthook:Management";

    /// <summary>A key with all permissions; <see langword="null"/> if there is none.</summary>
    public string? AdminKey { get; init; }

    /// <summary>The maximum number of open streams.</summary>
    public int MaxStreams { get; init; }

    /// <summary>The maximum number of open streams of one key.</summary>
    public int MaxStreamsPerKey { get; init; }

    /// <summary>The maximum number of concurrent look-ups; others wait.</summary>
    public int MaxLookups { get; init; }

    /// <summary>Returns the name of the type, never the key.</summary>
    public override string ToString() => nameof(ManagementSettings);
}
