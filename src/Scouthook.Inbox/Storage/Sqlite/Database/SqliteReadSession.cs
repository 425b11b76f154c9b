using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>A reading connection with its prepared statements, used by one look-up at a time.</summary>
/// <param name="connection">The connection.</param>
/// <param name="generation">Counts how often all readers had been closed when this one was opened.</param>
internal sealed class SqliteReadSession(SqliteConnection connection, int generation) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    public int Generation => generation;

    /// <summary>
    /// Returns a statement, prepared at its first use. Its text is its key, so texts must be constants.
    /// </summary>
    public SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new SqliteStatement(connection, sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }
}
