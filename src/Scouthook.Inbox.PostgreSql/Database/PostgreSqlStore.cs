using Npgsql;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Opens and checks the database.</summary>
internal sealed class PostgreSqlStore(PostgreSqlDatabase database, PostgreSqlWriter writer, PostgreSqlNotifier notifier) : IStore
{
    public string Location => database.Location;

    public string? Directory => null;

    public string? Sharing => notifier.Sharing;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await writer.RunAsync(_ => true).WaitAsync(cancellationToken);
        }
        catch (InboxUnavailableException exception)
        {
            if (exception.InnerException is NpgsqlException cause && database.Advice.Refuse(cause) is { } refusal)
            {
                throw new InboxRefusedException(refusal);
            }

            // The node starts nevertheless, and must notice the others once the database is back.
            notifier.Start();
            database.Report();
            throw new InboxUnavailableException(exception.Message + database.Advice.Check(exception.InnerException), exception);
        }

        notifier.Start();
    }

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            // An empty transaction would succeed on a full disk, and on a server that is read-only.
            await writer.RunAsync(session => session.Statement(
                """
                INSERT INTO upkeep (name, value) VALUES ('checks', 1)
                ON CONFLICT (name) DO UPDATE SET value = upkeep.value + 1
                """).Execute()).WaitAsync(cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is InboxUnavailableException or InboxRefusedException)
        {
            return exception.Message;
        }
    }
}
