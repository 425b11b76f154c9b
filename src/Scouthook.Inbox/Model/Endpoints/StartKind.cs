namespace Scouthook.Inbox.Model;

/// <summary>What the starting position of a new endpoint refers to.</summary>
internal enum StartKind
{
    /// <summary>Events stored from now on.</summary>
    Now,

    /// <summary>Everything still stored.</summary>
    Beginning,

    /// <summary>Everything received since a given time.</summary>
    Instant,
}
