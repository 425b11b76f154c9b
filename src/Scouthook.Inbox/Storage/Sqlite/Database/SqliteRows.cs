using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Storage.Relational;
using SQLitePCL;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>The rows of a started statement. It is reused, as one statement is read by one caller at a time.</summary>
internal sealed class SqliteRows(SqliteConnection connection) : IRow, IDisposable
{
    private sqlite3_stmt? _statement;

    /// <summary>Begins with the rows of a statement whose parameters are set.</summary>
    public SqliteRows Start(sqlite3_stmt statement)
    {
        if (_statement is not null)
        {
            throw new InvalidOperationException("The rows of an earlier execution are still being read.");
        }

        _statement = statement;
        return this;
    }

    /// <summary>Advances to the next row.</summary>
    /// <returns><see langword="false"/> if there is none.</returns>
    public bool Read()
    {
        var result = raw.sqlite3_step(_statement!);
        if (result is raw.SQLITE_ROW)
        {
            return true;
        }

        if (result is not raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
        }

        return false;
    }

    public bool IsDBNull(int column) => raw.sqlite3_column_type(_statement!, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(_statement!, NotNull(column));

    public string GetString(int column) => raw.sqlite3_column_text(_statement!, NotNull(column)).utf8_to_string();

    public byte[] GetBytes(int column) => raw.sqlite3_column_blob(_statement!, NotNull(column)).ToArray();

    public Guid GetGuid(int column) => new(raw.sqlite3_column_blob(_statement!, NotNull(column)), bigEndian: true);

    public bool GetBoolean(int column) => GetInt64(column) != 0;

    /// <returns>A number, a text, bytes or <see cref="DBNull"/>, as stored.</returns>
    public object GetValue(int column) => raw.sqlite3_column_type(_statement!, column) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(_statement!, column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(_statement!, column),
        raw.SQLITE_TEXT => GetString(column),
        raw.SQLITE_BLOB => GetBytes(column),
        _ => DBNull.Value,
    };

    /// <summary>Ends the execution; a text or bytes that were bound are released with the next one.</summary>
    public void Dispose()
    {
        if (_statement is { } statement)
        {
            _statement = null;

            // It returns the error of the last step again, which has been thrown already.
            _ = raw.sqlite3_reset(statement);
        }
    }

    private int NotNull(int column) => IsDBNull(column)
        ? throw new InvalidOperationException($"Column {column} is null.")
        : column;
}
