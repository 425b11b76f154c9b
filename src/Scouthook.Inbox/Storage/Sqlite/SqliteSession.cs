using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>The writing connection with its prepared statements and what it remembers of small tables.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _eventTypes = new(StringComparer.Ordinal);

    /// <summary>A statement, prepared at its first use. Its text is its key, so texts must be constants.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new SqliteStatement(connection, sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    public long LastSequence => SQLitePCL.raw.sqlite3_last_insert_rowid(connection.Handle);

    public long SourceId(string name) => IdOf(
        _sources, name,
        "SELECT source_id FROM source WHERE name = ?1",
        "INSERT INTO source (name) VALUES (?1)");

    public long EventTypeId(string name) => IdOf(
        _eventTypes, name,
        "SELECT event_type_id FROM event_type WHERE name = ?1",
        "INSERT INTO event_type (name) VALUES (?1)");

    public void Begin() => Statement("BEGIN IMMEDIATE").Execute();

    public void Commit() => Statement("COMMIT").Execute();

    /// <returns><see langword="false"/>: the connection is of no more use.</returns>
    public bool TryRollback()
    {
        // Ids given out in the transaction are gone with it.
        _sources.Clear();
        _eventTypes.Clear();
        try
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                Statement("ROLLBACK").Execute();
            }

            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private long IdOf(Dictionary<string, long> known, string name, string find, string add)
    {
        const int maxKnown = 10_000;
        if (known.TryGetValue(name, out var id))
        {
            return id;
        }

        if (Statement(find).Scalar(name) is long found)
        {
            id = found;
        }
        else
        {
            Statement(add).Execute(name);
            id = LastSequence;
        }

        // Names come from outside and have no end.
        if (known.Count >= maxKnown)
        {
            known.Clear();
        }

        known.Add(name, id);
        return id;
    }
}
