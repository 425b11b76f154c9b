namespace Scouthook.Management.Watching;

/// <summary>Whether a disabled registration is enabled again.</summary>
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
