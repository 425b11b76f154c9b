using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Storage.Files;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Manages one database file: its lock, its identity and its schema.</summary>
/// <param name="path">The full path of the file.</param>
/// <param name="fileMode">
/// The permissions of its files; <see langword="null"/> to leave existing ones unchanged.
/// </param>
/// <param name="logger">Logs a first start and loose permissions.</param>
/// <param name="hasKeyRing">Returns whether there is a key ring already, which means that a store was.</param>
/// <remarks>
/// Once a store was seen at the path, no file is ever created there: an empty store in place of a removed one would
/// accept events and know nothing of the earlier ones.
/// </remarks>
internal sealed class SqliteDatabase(
    string path, UnixFileMode? fileMode = null, ILogger? logger = null, Func<bool>? hasKeyRing = null) : IDisposable
{
    /// <summary>
    /// Up to this size a store is checked completely at startup; checking larger ones would take too long.
    /// </summary>
    private const long CheckedWhole = 32 * 1024 * 1024;

    private static readonly string[] NetworkFormats =
        ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "ncpfs", "9p", "fuse.sshfs", "fuseblk.sshfs"];

    private readonly OwnFiles _own = new(fileMode);
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private FileStream? _lock;
    private FileStatus? _heldLock;
    private byte[]? _id;
    private bool _wasSeen;
    private volatile StoreFiles? _files;
    private volatile StoreFault? _fault;
    private volatile StoreMarks? _durable;

    public string Path { get; } = path;

    /// <summary>The open files; <see langword="null"/> before the first opening.</summary>
    public StoreFiles? Files => _files;

    /// <summary>The version of the tables before they were upgraded; <see langword="null"/> before the first opening.</summary>
    public long? SchemaBefore { get; private set; }

    /// <summary>The reason why the store cannot be used now; <see langword="null"/> if none is known.</summary>
    public StoreFault? Fault
    {
        get => _fault;
        set => _fault = value;
    }

    /// <summary>
    /// The state of the store at the last commit that is on stable storage, in the file at the path;
    /// <see langword="null"/> before the first opening. Nothing beyond it is shown.
    /// </summary>
    public StoreMarks? Durable
    {
        get => _durable;
        set => _durable = value;
    }

    /// <summary>Waits until everything committed before the call is on stable storage; set by the writer.</summary>
    public Func<Task> Syncing { get; set; } = () => Task.CompletedTask;

    private string LockFile => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, DataDirectoryFiles.Lock);

    /// <summary>
    /// Locks the directory and opens the writing connection; the first time it creates or upgrades the schema.
    /// </summary>
    /// <param name="check">Refuses a store that was opened before and has changed since.</param>
    /// <exception cref="InboxRefusedException">The file must not be used.</exception>
    /// <exception cref="InboxUnavailableException">It cannot be used now.</exception>
    public SqliteConnection OpenWriter(Action<SqliteConnection>? check = null)
    {
        Prepare(out var isNew);

        // Readers that were opened while the files could not be written keep SQLite's shared memory read-only, for the
        // whole process and as long as one of them is open, including idle ones in the pool.
        CloseReaders();
        SqliteConnection? connection = null;
        try
        {
            var before = FileStatus.Read(Path);
            connection = OpenConnection(isNew, before?.Size ?? 0);
            check?.Invoke(connection);
            var files = new StoreFiles(Path, SQLitePCL.raw.sqlite3_db_filename(connection.Handle, "main").utf8_to_string(), LockFile, () => _heldLock);
            if (!files.IsDatabase(before) || !files.AreAtTheirPaths())
            {
                throw new InboxUnavailableException($"The store {Path} was changed by another program while it was opened.");
            }

            NoteOpened(connection, files, isNew);
            return connection;
        }
        catch (SqliteException exception)
        {
            Abandon(connection);
            throw Translate(exception);
        }
        catch
        {
            Abandon(connection);
            throw;
        }
    }

    /// <summary>Opens the connection that copies the log of an open writer into the database.</summary>
    /// <param name="writer">The writer, which leaves that to it.</param>
    /// <exception cref="InboxUnavailableException">It cannot be used now.</exception>
    public SqliteConnection OpenCheckpointer(SqliteConnection writer)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnections.OpenCheckpointer(Path);
            if (!Files!.AreAtTheirPaths())
            {
                throw new InboxUnavailableException($"The store {Path} was changed by another program while it was opened.");
            }

            SqliteConnections.Execute(writer, "PRAGMA wal_autocheckpoint = 0");
            return connection;
        }
        catch (SqliteException exception)
        {
            Abandon(connection);
            Abandon(writer);
            throw Translate(exception);
        }
        catch
        {
            Abandon(connection);
            Abandon(writer);
            throw;
        }
    }

    /// <summary>The readers of the file at the path.</summary>
    public SqliteReaderPool Readers { get; } = new(path);

    /// <summary>Makes sure that no reader uses a file opened before.</summary>
    public void CloseReaders() => Readers.Close();

    /// <summary>Locks the directory, even after its lock file was removed.</summary>
    /// <exception cref="InboxRefusedException">Another Scouthook was faster.</exception>
    public void LockAgain()
    {
        _lock?.Dispose();
        _lock = null;
        _heldLock = null;
        _lock = TakeLock();
        _heldLock = FileStatus.Read(LockFile);
    }

    public StoreFault CorruptFault(SqliteException exception) => new(StoreState.Corrupt, DamageOf(SqliteErrors.Describe(exception)));

    public void Dispose()
    {
        CloseReaders();
        _lock?.Dispose();
    }

    private static void Abandon(SqliteConnection? connection)
    {
        if (connection is not null)
        {
            SqliteConnections.KeepLog(connection);
            connection.Dispose();
        }
    }

    private void Prepare(out bool isNew)
    {
        var directory = System.IO.Path.GetDirectoryName(Path)!;
        try
        {
            if (!_wasSeen)
            {
                _own.CreateDirectory(directory);
            }

            RefuseNetworkDisk(directory);
            if (_heldLock is not { } held || !held.IsSameFileAs(FileStatus.Read(LockFile)))
            {
                LockAgain();
            }

            var found = FileStatus.Read(Path);
            _wasSeen |= found is { Size: > 0 };
            isNew = !_wasSeen;
            if (isNew)
            {
                _own.Open(Path, FileMode.OpenOrCreate, FileShare.ReadWrite).Dispose();
            }
            else if (found is null)
            {
                throw new InboxUnavailableException($"The store {Path} is not there any more. Put it back.");
            }

            if (_id is null)
            {
                _own.TightenStore([Path, Path + "-wal", Path + "-shm", LockFile], _logger);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InboxUnavailableException(
                $"The data directory {directory} cannot be written ({exception.GetType().Name}).", exception);
        }
    }

    private SqliteConnection OpenConnection(bool isNew, long size)
    {
        if (_id is { } known && !known.AsSpan().SequenceEqual(SqliteConnections.ReadIdOf(Path)))
        {
            throw new InboxRefusedException(
                $"The file {Path} is not the store that was opened. Put that one back, or restart Scouthook to use "
                + "this one.");
        }

        var connection = SqliteConnections.OpenWriter(Path);
        try
        {
            if (_id is null)
            {
                SchemaBefore = SqliteSchema.Upgrade(
                    connection, Path, found => InboxLog.StoreUpgrading(_logger, Path, found, SqliteSchema.Version));

                // If another file is put there, the id is read from the database alone.
                SqliteConnections.Execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
                if (!isNew && size <= CheckedWhole)
                {
                    Check(connection, "quick_check");
                }
            }

            return connection;
        }
        catch
        {
            Abandon(connection);
            throw;
        }
    }

    /// <summary>Has SQLite check for damage.</summary>
    /// <exception cref="InboxRefusedException">The file is damaged.</exception>
    public void Check(SqliteConnection connection, string pragma)
    {
        if (SqliteConnections.Execute(connection, $"PRAGMA {pragma}(1)") is not "ok")
        {
            throw new InboxRefusedException(DamageOf("a check of its content failed")) { IsCorrupt = true };
        }
    }

    private void NoteOpened(SqliteConnection connection, StoreFiles files, bool isNew)
    {
        var id = SqliteConnections.ReadId(connection)
            ?? throw new InboxRefusedException(DamageOf("its id is missing")) { IsCorrupt = true };
        if (_id is null)
        {
            _own.TightenStore([Path, Path + "-wal", Path + "-shm", LockFile], _logger);
        }

        _id = id;
        _wasSeen = true;
        _files = files;
        if (!isNew)
        {
            return;
        }

        var shown = Convert.ToHexStringLower(id);
        if (hasKeyRing?.Invoke() is true)
        {
            InboxLog.FirstStartBesideKeys(_logger, Path, shown);
        }
        else
        {
            InboxLog.FirstStart(_logger, Path, shown);
        }
    }

    /// <summary>Returns the exception to throw for an error while opening.</summary>
    private Exception Translate(SqliteException exception) => SqliteErrors.MayPass(exception)
        ? new InboxUnavailableException($"The store {Path}: {SqliteErrors.Describe(exception)}.", exception)
        : new InboxRefusedException(
            SqliteErrors.IsCorrupt(exception) ? DamageOf(SqliteErrors.Describe(exception)) : $"The store {Path}: {SqliteErrors.Describe(exception)}.")
        {
            IsCorrupt = SqliteErrors.IsCorrupt(exception),
        };

    private string DamageOf(string seen) =>
        $"The store {Path} is damaged or not a database ({seen}). Stop Scouthook and restore the store from a backup, or move it "
        + "away to start with an empty one.";

    private static void RefuseNetworkDisk(string directory)
    {
        var format = new DriveInfo(directory).DriveFormat;
        if (NetworkFormats.Contains(format, StringComparer.OrdinalIgnoreCase))
        {
            throw new InboxRefusedException(
                $"The data directory {directory} is on a network disk ({format}), where SQLite's write-ahead log does not "
                + "work. Use a local disk, or PostgreSQL.");
        }
    }

    private FileStream TakeLock()
    {
        try
        {
            return _own.Open(LockFile, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException exception) when (IsTaken(exception))
        {
            throw new InboxRefusedException(
                $"The data directory {System.IO.Path.GetDirectoryName(Path)} is in use by another Scouthook process. "
                + "Stop it, or use another directory.");
        }
    }

    // A sharing violation: 0x80070020 on Windows, EAGAIN elsewhere.
    private static bool IsTaken(IOException exception) =>
        exception.GetType() == typeof(IOException) && exception.HResult is unchecked((int)0x80070020) or 11 or 35;
}
