using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Storage.Files;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Runs look-ups on separate connections, in parallel with the writer.</summary>
/// <remarks>
/// SQLite's calls block, so every look-up runs on a thread of the pool and never on the one that answers Help Scout.
/// Before and after each, the files at the path must be the ones that the writer has open: an idle connection would
/// continue to answer from a removed file. Without a gate, look-ups run immediately.
/// </remarks>
internal sealed class SqliteReader(SqliteDatabase database, LookupGate? gate = null)
{
    /// <summary>Runs a look-up requested by a user: only a few of them run at once.</summary>
    /// <exception cref="InboxUnavailableException">The store cannot be read now.</exception>
    /// <exception cref="LookupsBusyException">Too many others were waiting.</exception>
    public async Task<T> LookUpAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        using var turn = gate is null ? null : await gate.EnterAsync(cancellationToken);
        return await ReadAsync(read, cancellationToken);
    }

    /// <summary>Runs a look-up requested by a user that sees everything committed before, all of it on stable storage.</summary>
    /// <exception cref="InboxUnavailableException">The store cannot be read now.</exception>
    /// <exception cref="LookupsBusyException">Too many others were waiting.</exception>
    public async Task<T> LookUpSyncedAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        using var turn = gate is null ? null : await gate.EnterAsync(cancellationToken);
        await database.Syncing().WaitAsync(cancellationToken);
        return await ReadAsync(read, cancellationToken);
    }

    /// <exception cref="InboxUnavailableException">The store cannot be read now.</exception>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken) =>
        Task.Run(() => Read(read), cancellationToken);

    /// <summary>Reads on the calling thread, for threads that may block.</summary>
    public T Read<T>(Func<SqliteConnection, T> read) => ReadIn(session => read(session.Connection));

    /// <summary>Reads on the calling thread with prepared statements, for look-ups that are made all the time.</summary>
    public T ReadIn<T>(Func<SqliteReadSession, T> read)
    {
        var files = OpenFiles();
        ThrowIfAway(files);
        try
        {
            var session = database.Readers.Take();
            T result;
            try
            {
                result = read(session);
            }
            catch
            {
                // Whatever it left open must not meet the next look-up.
                session.Dispose();
                throw;
            }

            database.Readers.Return(session);
            ThrowIfAway(files);
            return result;
        }
        catch (SqliteException exception) when (SqliteErrors.MayPass(exception))
        {
            ThrowIfAway(files);
            throw new InboxUnavailableException($"The store: {SqliteErrors.Describe(exception)}.", exception);
        }
        catch (SqliteException exception) when (SqliteErrors.IsCorrupt(exception))
        {
            // The view of another file through an old connection says nothing about the store.
            ThrowIfAway(files);
            var fault = database.CorruptFault(exception);
            database.Fault = fault;
            throw fault.ToException(exception);
        }
    }

    /// <summary>Waits until everything committed before the call is on stable storage.</summary>
    public Task SyncAsync() => database.Syncing();

    /// <summary>The state of the store on stable storage: look-ups that show positions stop there.</summary>
    /// <exception cref="InboxUnavailableException">The store has not been opened yet.</exception>
    public StoreMarks Durable => database.Durable ?? throw NotOpened();

    private StoreFiles OpenFiles()
    {
        if (database.Fault is { } fault)
        {
            throw fault.ToException();
        }

        return database.Files ?? throw NotOpened();
    }

    private InboxUnavailableException NotOpened() => new($"The store {database.Path} has not been opened yet.");

    private void ThrowIfAway(StoreFiles files)
    {
        if (!files.AreAtTheirPaths())
        {
            database.CloseReaders();
            throw new InboxUnavailableException(
                $"The files at {database.Path} are not those of the open store.") { IsReported = true };
        }
    }
}
