namespace Scouthook.Inbox.Rules;

/// <summary>The decision of <see cref="RepeatRule"/> about a request.</summary>
internal enum RepeatDecision
{
    /// <summary>Store it.</summary>
    New = 0,

    /// <summary>Store it, marked as older than the known state of its resource.</summary>
    Stale = 1,

    /// <summary>Store it, marked as possibly the same event as one stored before.</summary>
    PossibleRepeat = 2,

    /// <summary>Count it on the event stored before.</summary>
    Repeat = 3,

    /// <summary>
    /// Count it on the event stored before: the maximum number of copies within the window is stored already.
    /// </summary>
    ExcessCopy = 4,
}
