using System.Data;
using System.Data.Common;
using Dapper;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>Reads columns that may be null, and the rows of queries with named parameters.</summary>
internal static class RowExtensions
{
    public static string? TextOrNull(this IRow row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? NumberOrNull(this IRow row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static Guid? IdOrNull(this IRow row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    public static byte[]? BytesOrNull(this IRow row, int column) => row.IsDBNull(column) ? null : row.GetBytes(column);

    public static DateTimeOffset Instant(this IRow row, int column) => StoredTime.To(row.GetInt64(column));

    public static DateTimeOffset? InstantOrNull(this IRow row, int column) => row.IsDBNull(column) ? null : row.Instant(column);

    /// <summary>Runs a query, and reads all its rows.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="sql">The query.</param>
    /// <param name="parameters">Its parameters by name, as Dapper reads them.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="transaction">The transaction.</param>
    public static List<T> ReadRows<T>(
        this DbConnection connection, string sql, object? parameters, Func<IRow, T> read, DbTransaction? transaction = null)
    {
        var rows = new List<T>();
        connection.ForEachRow(sql, parameters, row => rows.Add(read(row)), transaction);
        return rows;
    }

    /// <summary>Runs a query, and does something with each of its rows.</summary>
    public static void ForEachRow(
        this DbConnection connection, string sql, object? parameters, Action<IRow> act, DbTransaction? transaction = null)
    {
        using var reader = connection.ExecuteReader(sql, parameters, transaction);
        var row = new ReaderRow(reader);
        while (reader.Read())
        {
            act(row);
        }
    }

    private sealed class ReaderRow(IDataReader reader) : IRow
    {
        public bool IsDBNull(int column) => reader.IsDBNull(column);

        public long GetInt64(int column) => reader.GetInt64(column);

        public bool GetBoolean(int column) => reader.GetBoolean(column);

        public string GetString(int column) => reader.GetString(column);

        public Guid GetGuid(int column) =>
            reader.GetValue(column) is byte[] bytes ? new Guid(bytes, bigEndian: true) : reader.GetGuid(column);

        public byte[] GetBytes(int column) => (byte[])reader.GetValue(column);
    }
}
