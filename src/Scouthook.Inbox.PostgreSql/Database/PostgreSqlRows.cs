using Npgsql;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The rows of a statement.</summary>
internal sealed class PostgreSqlRows(NpgsqlCommand command) : IRow, IDisposable
{
    private readonly NpgsqlDataReader _rows = command.ExecuteReader();

    public int RecordsAffected => _rows.RecordsAffected;

    public bool Read() => _rows.Read();

    public bool IsDBNull(int column) => _rows.IsDBNull(column);

    public long GetInt64(int column) => _rows.GetInt64(column);

    public bool GetBoolean(int column) => _rows.GetBoolean(column);

    public string GetString(int column) => _rows.GetString(column);

    public Guid GetGuid(int column) => _rows.GetGuid(column);

    public byte[] GetBytes(int column) => _rows.GetFieldValue<byte[]>(column);

    public object GetValue(int column) => _rows.GetValue(column);

    public void Dispose()
    {
        _rows.Dispose();
        command.Dispose();
    }
}
