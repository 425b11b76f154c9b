namespace Scouthook.Inbox.Storage.Files;

/// <summary>How the files at the paths of a store compare with the ones that are open.</summary>
internal enum StoreFilesState
{
    /// <summary>The open ones, as last written.</summary>
    Same,

    /// <summary>Another program wrote to them.</summary>
    Written,

    /// <summary>Another process may use the directory: the lock file is not the one held.</summary>
    LockGone,

    /// <summary>The database is the open one, but its write-ahead log or the index of that log is missing.</summary>
    LogGone,

    /// <summary>The database is the open one, but a different write-ahead log is next to it.</summary>
    LogReplaced,

    /// <summary>There is no database.</summary>
    Gone,

    /// <summary>There is another database.</summary>
    Replaced,

    /// <summary>A different database is next to the write-ahead log of the open one.</summary>
    ReplacedBesideLog,
}
