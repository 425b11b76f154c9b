namespace Scouthook.Inbox.Storage;

/// <summary>What <see cref="RepeatRule"/> makes of a request.</summary>
internal enum RepeatDecision
{
    /// <summary>Store it.</summary>
    New = 0,

    /// <summary>Store it, marked as older than what is known of its resource.</summary>
    Stale = 1,

    /// <summary>Store it, marked as perhaps the same event as one stored before.</summary>
    PossibleRepeat = 2,

    /// <summary>Count it on the event kept before.</summary>
    Repeat = 3,

    /// <summary>Count it on the event kept before: as many copies as are kept within the window are stored already.</summary>
    ExcessCopy = 4,
}
