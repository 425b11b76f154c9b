namespace Scouthook.Inbox.Storage;

/// <summary>The reason why an opened store cannot be used.</summary>
internal enum StoreState
{
    /// <summary>It cannot be opened now: a disk, a permission.</summary>
    Unavailable,

    /// <summary>The file at its path is not that store.</summary>
    Away,

    /// <summary>It is damaged, and only a backup helps.</summary>
    Corrupt,
}
