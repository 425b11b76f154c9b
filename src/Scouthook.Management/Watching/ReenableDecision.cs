namespace Scouthook.Management.Watching;

/// <summary>The decision about a disabled registration.</summary>
internal enum ReenableDecision
{
    Enable,

    /// <summary>The setting <c>Reenable</c> is off.</summary>
    NotAllowed,

    /// <summary>It was enabled within the last hour.</summary>
    TooSoon,

    /// <summary>The gateway itself rejected so many requests that it may be the reason.</summary>
    OwnAnswers,

    /// <summary>There is no valid secret to send along.</summary>
    NoSecret,
}
