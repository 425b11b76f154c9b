using Npgsql;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The rows of a statement.</summary>
/// <param name="rows">The rows.</param>
/// <param name="owner">Disposed with the rows.</param>
internal sealed class PostgreSqlRows(NpgsqlDataReader rows, IDisposable? owner = null) : IRow, IDisposable
{
    public int RecordsAffected => rows.RecordsAffected;

    public bool Read() => rows.Read();

    public bool IsDBNull(int column) => rows.IsDBNull(column);

    public long GetInt64(int column) => rows.GetInt64(column);

    public bool GetBoolean(int column) => rows.GetBoolean(column);

    public string GetString(int column) => rows.GetString(column);

    public Guid GetGuid(int column) => rows.GetGuid(column);

    public byte[] GetBytes(int column) => rows.GetFieldValue<byte[]>(column);

    public object GetValue(int column) => rows.GetValue(column);

    public void Dispose()
    {
        rows.Dispose();
        owner?.Dispose();
    }
}
