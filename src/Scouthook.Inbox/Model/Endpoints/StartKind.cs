namespace Scouthook.Inbox.Model;

/// <summary>What a new endpoint's position counts from.</summary>
internal enum StartKind
{
    /// <summary>Only what is stored from now on.</summary>
    Now,

    /// <summary>Everything that is still kept.</summary>
    Beginning,

    /// <summary>Everything received since an instant.</summary>
    Instant,
}
