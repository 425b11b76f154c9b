namespace Scouthook.Inbox.Storage.Files;

/// <summary>The open files of a store, for comparison with the files at its paths.</summary>
/// <remarks>
/// A process can keep writing to a file that was removed, moved or mounted over: every call succeeds, and the data is
/// missing after a restart.
/// </remarks>
internal sealed class StoreFiles
{
    private readonly string _database;
    private readonly string _log;
    private readonly string _index;
    private readonly string _lock;
    private readonly FileStatus? _openDatabase;
    private readonly FileStatus? _openLog;
    private readonly FileStatus? _openIndex;
    private readonly Func<FileStatus?> _heldLock;
    private readonly Lock _gate = new();
    private (FileStatus? Database, FileStatus? Log) _written;
    private int _copying;

    /// <summary>Records the files at the paths as the open ones.</summary>
    /// <param name="database">The configured path of the database.</param>
    /// <param name="opened">The file that SQLite opened, with links resolved, because the log is next to that file.</param>
    /// <param name="lockFile">The path of the lock file.</param>
    /// <param name="heldLock">The lock file held now.</param>
    public StoreFiles(string database, string opened, string lockFile, Func<FileStatus?> heldLock)
    {
        _database = database;
        _log = opened + "-wal";
        _index = opened + "-shm";
        _lock = lockFile;
        _openDatabase = FileStatus.Read(database);
        _openLog = FileStatus.Read(_log);
        _openIndex = FileStatus.Read(_index);
        _heldLock = heldLock;
        _written = (_openDatabase, _openLog);
    }

    /// <summary>Returns whether this is the opened file.</summary>
    public bool IsDatabase(FileStatus? file) => _openDatabase is { } open && open.IsSameFileAs(file);

    /// <summary>Returns whether current commits go into the files at the paths.</summary>
    public bool AreAtTheirPaths() =>
        IsDatabase(FileStatus.Read(_database)) && _openLog is { } log && log.IsSameFileAs(FileStatus.Read(_log));

    /// <summary>
    /// Records that this process has written, so that <see cref="Compare"/> can detect writes by other processes.
    /// </summary>
    /// <returns>Whether the files are at their paths.</returns>
    public bool NoteWritten()
    {
        lock (_gate)
        {
            var (database, log) = (FileStatus.Read(_database), FileStatus.Read(_log));
            if (!IsDatabase(database) || _openLog is not { } open || !open.IsSameFileAs(log))
            {
                return false;
            }

            _written = (database, log);
            return true;
        }
    }

    /// <summary>The log is being copied into the database from now on, beside the writer.</summary>
    public void BeginCopying()
    {
        lock (_gate)
        {
            _copying++;
        }
    }

    /// <summary>The log was copied: what was written to the database so far was written by this process.</summary>
    public void EndCopying()
    {
        lock (_gate)
        {
            _copying--;
            if (FileStatus.Read(_database) is { } database && IsDatabase(database))
            {
                _written = _written with { Database = database };
            }
        }
    }

    public StoreFilesState Compare()
    {
        lock (_gate)
        {
            return CompareNow();
        }
    }

    private StoreFilesState CompareNow()
    {
        var (database, log) = (FileStatus.Read(_database), FileStatus.Read(_log));
        var isOpenLog = _openLog is { } open && open.IsSameFileAs(log);
        if (database is null)
        {
            return StoreFilesState.Gone;
        }

        if (!IsDatabase(database))
        {
            var beside = FileStatus.Read(_database + "-wal");
            return isOpenLog && beside is { Size: > 0 } && log!.Value.IsSameFileAs(beside)
                ? StoreFilesState.ReplacedBesideLog
                : StoreFilesState.Replaced;
        }

        if (!isOpenLog)
        {
            return log is { Size: > 0 } ? StoreFilesState.LogReplaced : StoreFilesState.LogGone;
        }

        if (_openIndex is { } index && !index.IsSameFileAs(FileStatus.Read(_index)))
        {
            return StoreFilesState.LogGone;
        }

        if (_heldLock() is not { } held || !held.IsSameFileAs(FileStatus.Read(_lock)))
        {
            return StoreFilesState.LockGone;
        }

        // On other systems, the directory may show an outdated status of an open file.
        return (log == _written.Log && (_copying > 0 || database == _written.Database)) || !OperatingSystem.IsLinux()
            ? StoreFilesState.Same
            : StoreFilesState.Written;
    }
}
