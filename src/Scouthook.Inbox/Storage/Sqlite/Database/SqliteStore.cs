namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Opens and checks one SQLite file.</summary>
internal sealed class SqliteStore(SqliteDatabase database, SqliteWriter writer) : IStore
{
    public string Location => database.Path;

    public string? Directory => Path.GetDirectoryName(database.Path);

    public Task OpenAsync(CancellationToken cancellationToken) => writer.RunAsync(_ => true);

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            // An empty transaction would succeed on a full disk.
            await writer.RunAsync(session => session.Statement(
                """
                INSERT INTO upkeep (name, value) VALUES ('checks', 1)
                ON CONFLICT (name) DO UPDATE SET value = value + 1
                """).Execute()).WaitAsync(cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is InboxUnavailableException or InboxRefusedException)
        {
            return exception.Message;
        }
    }
}
