using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite.Export;

/// <summary>The rows of an exported table.</summary>
internal sealed class ExportRows(SqliteStatement statement, SqliteRows rows, Func<SqliteException, Exception> translate) : IDisposable
{
    /// <summary>Advances to the next row.</summary>
    /// <returns><see langword="false"/> if there is none.</returns>
    /// <exception cref="InboxRefusedException">The file is damaged.</exception>
    /// <exception cref="InboxUnavailableException">It cannot be read now.</exception>
    public bool Read()
    {
        try
        {
            return rows.Read();
        }
        catch (SqliteException exception)
        {
            throw translate(exception);
        }
    }

    public bool IsNull(int column) => rows.IsDBNull(column);

    public long GetInt64(int column) => rows.GetInt64(column);

    public string GetText(int column) => rows.GetString(column);

    public byte[] GetBytes(int column) => rows.GetBytes(column);

    public Guid GetGuid(int column) => new(rows.GetBytes(column), bigEndian: true);

    public void Dispose()
    {
        rows.Dispose();
        statement.Dispose();
    }
}
