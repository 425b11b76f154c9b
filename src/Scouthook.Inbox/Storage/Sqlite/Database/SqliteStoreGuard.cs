using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Scouthook.Handling;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Storage.Files;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Provides the writing session only while the files at the configured path are the open ones.</summary>
/// <remarks>
/// A store that is no longer at its path is not closed: it is the only way back to its content, should it be restored.
/// Another file with the same id is continued with from the beginning if it contains everything acknowledged; an older
/// copy waits for a restart, as followers would otherwise wait for positions that were used before. All of this runs on
/// the thread of the writer (docs/decisions/0017).
/// </remarks>
internal sealed class SqliteStoreGuard(
    SqliteDatabase database,
    Func<SqliteConnection, SqliteCheckpoints, SqliteSession> makeSession,
    StoreSignal signal,
    TimeProvider timeProvider,
    ILogger logger) : IDisposable
{
    private static readonly TimeSpan Reopening = TimeSpan.FromSeconds(1);

    private SqliteSession? _session;
    private bool _mustCheck;
    private bool _wasTried;
    private long _triedAt;
    private FileStatus? _refused;
    private StoreFault? _logged;

    /// <summary>Returns the session to begin a transaction on.</summary>
    /// <exception cref="InboxRefusedException">On the first opening: the store must not be used.</exception>
    /// <exception cref="InboxUnavailableException">The store cannot be used now.</exception>
    public SqliteSession Session()
    {
        if (_session is not { } session)
        {
            return Open();
        }

        var state = database.Files!.Compare();
        return state is StoreFilesState.Same && database.Fault is null ? session : Follow(session, state);
    }

    /// <summary>Checks the store while it is idle, so that a fault and its end are detected.</summary>
    public void Watch()
    {
        if (!_wasTried)
        {
            return;
        }

        try
        {
            Session();
        }
        catch (Exception exception) when (exception is InboxUnavailableException or InboxRefusedException)
        {
            // It was logged when it began, and rejected requests report it too.
        }
    }

    /// <summary>
    /// Checks after a commit, before it is acknowledged, that it went into the files at the path; what is on disk by then may
    /// be shown.
    /// </summary>
    /// <exception cref="InboxUnavailableException">It did not, or that cannot be determined.</exception>
    public void Confirm(SqliteSession session)
    {
        if (!database.Files!.NoteWritten())
        {
            throw Refuse(StoreState.Away, ReasonOf(database.Files.Compare()));
        }

        database.Durable = session.Synced ?? database.Durable;
    }

    /// <summary>Records a transaction that was rolled back: it may have written, too.</summary>
    public void NoteTakenBack(SqliteSession session, bool isUsable)
    {
        database.Files?.NoteWritten();
        if (!isUsable)
        {
            session.Dispose();
            _session = null;
        }
    }

    /// <summary>Records that the content of the store is damaged.</summary>
    public InboxUnavailableException RefuseCorrupt(SqliteException exception)
    {
        var fault = database.CorruptFault(exception);
        return Refuse(fault.State, fault.Reason, exception);
    }

    public void Dispose()
    {
        database.CloseReaders();
        _session?.Dispose();
        _session = null;
    }

    /// <summary>Determines what happened to the files of an open session, and continues where that is safe.</summary>
    private SqliteSession Follow(SqliteSession session, StoreFilesState state)
    {
        if (database.Fault is { State: StoreState.Corrupt } corrupt
            && state is not (StoreFilesState.Written or StoreFilesState.Replaced))
        {
            throw LogOnce(corrupt).ToException();
        }

        switch (state)
        {
            case StoreFilesState.Same:
                return Resume(session);
            case StoreFilesState.LockGone:
                LockAgain();
                Close(session);
                return Open(isAtOnce: true);
            case StoreFilesState.LogGone when Fold(session):
                Close(session);
                return Open(isAtOnce: true);
            case StoreFilesState.Written:
                _mustCheck = true;
                Close(session);
                return Open(isAtOnce: true);
            case StoreFilesState.Replaced:
                return Open();
            default:
                throw Refuse(StoreState.Away, ReasonOf(state));
        }
    }

    private SqliteSession Open(bool isAtOnce = false)
    {
        if (!isAtOnce && database.Fault is { } known
            && (timeProvider.GetElapsedTime(_triedAt) < Reopening || IsRefusedStill(known)))
        {
            throw known.ToException();
        }

        _triedAt = timeProvider.GetTimestamp();
        try
        {
            var connection = database.OpenWriter(database.Durable is null ? null : Check);
            if (_session is { } previous)
            {
                Close(previous);
            }

            _session = makeSession(
                connection, new SqliteCheckpoints(database.OpenCheckpointer(connection), database.Files!, timeProvider, logger));
            database.Durable = StoreMarks.Read(connection);
            _mustCheck = false;
            return Resume(_session);
        }
        catch (InboxRefusedException exception) when (_wasTried)
        {
            _refused = FileStatus.Read(database.Path);

            // A damaged file in place of an open store says nothing about that one.
            throw Refuse(exception.IsCorrupt && _session is null ? StoreState.Corrupt : StoreState.Away, exception.Message);
        }
        catch (InboxUnavailableException exception)
        {
            throw Refuse(StoreState.Unavailable, exception.Message, exception);
        }
        finally
        {
            // A store rejected at the first opening stops the app; later there are requests to respond to.
            _wasTried |= _session is not null || database.Fault is not null;
        }
    }

    /// <summary>A complete check of a damaged file is not repeated until the file has been written to.</summary>
    private bool IsRefusedStill(StoreFault known) =>
        known.State is StoreState.Corrupt && _session is null && FileStatus.Read(database.Path) == _refused;

    private void Check(SqliteConnection connection)
    {
        if (database.Durable!.IsMissingIn(connection))
        {
            throw new InboxRefusedException(
                $"The store {database.Path} was replaced by an older copy, which lacks everything stored since. Put "
                + "the newer one back, or restart Scouthook to continue with this one.");
        }

        if (_mustCheck)
        {
            database.Check(connection, "integrity_check");
        }
    }

    /// <summary>Checkpoints the log into the database, where the data is safe whatever happens to the log.</summary>
    private bool Fold(SqliteSession session)
    {
        database.CloseReaders();
        try
        {
            return session.TryFoldLog();
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.IsCorrupt(exception)
                ? RefuseCorrupt(exception)
                : Refuse(StoreState.Away, ReasonOf(StoreFilesState.LogGone));
        }
    }

    private void LockAgain()
    {
        try
        {
            database.LockAgain();
        }
        catch (Exception exception) when (exception is InboxRefusedException or IOException or UnauthorizedAccessException)
        {
            throw Refuse(StoreState.Away, $"{ReasonOf(StoreFilesState.LockGone)} {exception.Message}");
        }
    }

    private void Close(SqliteSession session)
    {
        database.CloseReaders();
        session.Abandon();
        _session = null;
    }

    private SqliteSession Resume(SqliteSession session)
    {
        if (database.Fault is not null)
        {
            database.Fault = null;
            _logged = null;

            // A commit that could not be confirmed while the file was away is in it.
            database.Durable = StoreMarks.Read(session);
            LogGuard.Run(() => InboxLog.StoreBack(logger, database.Path));
            signal.All();
        }

        return session;
    }

    private InboxUnavailableException Refuse(StoreState state, string reason, Exception? cause = null)
    {
        var fault = new StoreFault(state, reason);
        LogOnce(fault);
        database.Fault = fault;
        return fault.ToException(cause);
    }

    private StoreFault LogOnce(StoreFault fault)
    {
        if (_logged == fault)
        {
            return fault;
        }

        _logged = fault;
        if (fault.State is StoreState.Corrupt)
        {
            LogGuard.Run(() => InboxLog.StoreCorrupt(logger, fault.Reason));
        }
        else if (fault.State is StoreState.Away)
        {
            LogGuard.Run(() => InboxLog.StoreAway(logger, fault.Reason));
        }

        return fault;
    }

    private string ReasonOf(StoreFilesState state) => state switch
    {
        StoreFilesState.Gone => $"The store {database.Path} is not there any more: it was removed, moved, or its directory was "
            + "mounted over. Put it back; until then nothing is stored, and no new file is created.",
        StoreFilesState.LogGone => $"The write-ahead log of the store {database.Path} was removed.",
        StoreFilesState.LogReplaced => $"The write-ahead log of the store {database.Path} was replaced. Remove it: the "
                + "contents of the original log are then written into the store.",
        StoreFilesState.ReplacedBesideLog => $"The store {database.Path} was replaced, but the write-ahead log of the previous one "
            + "is still there. Stop Scouthook, and restore a store together with its log.",
        StoreFilesState.LockGone => $"The lock file of the store {database.Path} was removed.",
        _ => $"The file {database.Path} is not the store that was opened. Put that one back, or restart Scouthook to use this one.",
    };
}
