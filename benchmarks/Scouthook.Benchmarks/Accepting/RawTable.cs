using Microsoft.Data.Sqlite;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>One table with one row per event and no index, in a file that is synced with every commit.</summary>
internal sealed class RawTable : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteParameter _id;
    private readonly SqliteParameter _name;
    private readonly SqliteParameter _at;
    private readonly SqliteParameter _body;

    public RawTable(string file)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("CREATE TABLE event (sequence INTEGER PRIMARY KEY, id BLOB, name TEXT, at INTEGER, body BLOB)");
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO event (id, name, at, body) VALUES ($id, $name, $at, $body)";
        _id = _insert.Parameters.Add("$id", SqliteType.Blob);
        _name = _insert.Parameters.Add("$name", SqliteType.Text);
        _at = _insert.Parameters.Add("$at", SqliteType.Integer);
        _body = _insert.Parameters.Add("$body", SqliteType.Blob);
        _insert.Prepare();
    }

    /// <summary>Writes rows in one transaction.</summary>
    public void Write(IReadOnlyList<(string Name, byte[] Body)> rows)
    {
        using var transaction = _connection.BeginTransaction();
        _insert.Transaction = transaction;
        foreach (var (name, body) in rows)
        {
            _id.Value = Guid.CreateVersion7().ToByteArray();
            _name.Value = name;
            _at.Value = Environment.TickCount64;
            _body.Value = body;
            _insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
