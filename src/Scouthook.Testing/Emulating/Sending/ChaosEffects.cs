namespace Scouthook.Testing;

/// <summary>How an attempt was disturbed; see <see cref="HelpScoutChaos"/>.</summary>
[Flags]
public enum ChaosEffects
{
    /// <summary>Not disturbed.</summary>
    None = 0,

    /// <summary>The event had been acknowledged before.</summary>
    Duplicate = 1,

    /// <summary>The same event was sent at the same time on another connection.</summary>
    SimultaneousDuplicate = 2,

    /// <summary>The acknowledgement was ignored; a late retry follows.</summary>
    LateRetry = 4,

    /// <summary>The event was held back.</summary>
    Reordered = 8,

    /// <summary>The signature was made with another secret.</summary>
    CorruptedSignature = 16,

    /// <summary>There was a pause in the middle of the body.</summary>
    SlowBody = 32,

    /// <summary>The connection was closed in the middle of the body.</summary>
    AbortedConnection = 64,
}
