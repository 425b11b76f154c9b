namespace Scouthook.Inbox.Model;

/// <summary>The reference point of a new endpoint's starting position.</summary>
internal enum StartKind
{
    /// <summary>Events stored from now on.</summary>
    Now,

    /// <summary>Everything still stored.</summary>
    Beginning,

    /// <summary>Everything received since a given time.</summary>
    Instant,
}
