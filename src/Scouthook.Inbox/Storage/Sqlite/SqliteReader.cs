using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Runs look-ups on connections of their own, beside the writer.</summary>
/// <remarks>
/// SQLite's calls block, so every look-up runs on a thread of the pool and never on the one that answers Help Scout.
/// </remarks>
internal sealed class SqliteReader(SqliteDatabase database)
{
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
