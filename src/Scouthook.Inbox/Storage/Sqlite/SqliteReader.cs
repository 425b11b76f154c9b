using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Runs look-ups on connections of their own, beside the writer.</summary>
/// <remarks>
/// Without a gate, look-ups run as soon as they are asked for. SQLite's calls block, so every look-up runs on a thread of the pool and never on the one that answers Help Scout.
/// </remarks>
internal sealed class SqliteReader(SqliteDatabase database, LookupGate? gate = null)
{
    /// <summary>Runs a look-up that a person asked for: only a few of them run at once.</summary>
    /// <exception cref="InboxUnavailableException">The store cannot be read now.</exception>
    /// <exception cref="LookupsBusyException">Too many others went first.</exception>
    public async Task<T> LookUpAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        using var turn = gate is null ? null : await gate.EnterAsync(cancellationToken);
        return await ReadAsync(read, cancellationToken);
    }

    /// <exception cref="InboxUnavailableException">The store cannot be read now.</exception>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken) =>
        Task.Run(() => Read(read), cancellationToken);

    /// <summary>The same on the calling thread, for threads that may wait.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        try
        {
            using var connection = database.OpenReader();
            return read(connection);
        }
        catch (SqliteException problem) when (SqliteErrors.MayPass(problem))
        {
            throw new InboxUnavailableException($"The store: {SqliteErrors.Words(problem)}.", problem);
        }
    }
}
