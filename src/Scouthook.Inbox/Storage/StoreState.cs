namespace Scouthook.Inbox.Storage;

/// <summary>Says why a store that was opened cannot be used.</summary>
internal enum StoreState
{
    /// <summary>It cannot be opened now: a disk, a permission.</summary>
    Unavailable,

    /// <summary>What is at its path is not that store.</summary>
    Away,

    /// <summary>It is damaged, and only a backup helps.</summary>
    Corrupt,
}
