using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>
/// A prepared statement whose parameters are numbered <c>?1</c>, <c>?2</c>, … and passed in that order.
/// </summary>
/// <remarks>
/// It calls SQLite itself: a command of the provider looks up every parameter by its name at each execution, which
/// takes as long as the statement for the short ones that receiving and delivering consist of.
/// </remarks>
internal sealed class SqliteStatement(SqliteConnection connection, string sql) : IDisposable
{
    private readonly SqliteRows _rows = new(connection);
    private sqlite3_stmt? _statement;

    /// <returns>The number of rows that the statement inserted, updated or deleted.</returns>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        using var rows = Read(values);
        while (rows.Read())
        {
        }

        return raw.sqlite3_changes(connection.Handle);
    }

    /// <returns>
    /// The first column of the first row; <see cref="DBNull"/> if it is null, and <see langword="null"/> without a row.
    /// </returns>
    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        using var rows = Read(values);
        return rows.Read() ? rows.GetValue(0) : null;
    }

    /// <summary>Starts the statement; the caller disposes the rows before its next use.</summary>
    public SqliteRows Read(params ReadOnlySpan<object?> values)
    {
        if (_statement is null)
        {
            SqliteException.ThrowExceptionForRC(
                raw.sqlite3_prepare_v2(connection.Handle, sql, out var prepared), connection.Handle);
            _statement = prepared;
        }

        for (var index = 0; index < values.Length; index++)
        {
            SqliteException.ThrowExceptionForRC(Bind(_statement, index + 1, values[index]), connection.Handle);
        }

        return _rows.Start(_statement);
    }

    public void Dispose() => _statement?.Dispose();

    private static int Bind(sqlite3_stmt statement, int parameter, object? value) => value switch
    {
        null or DBNull => raw.sqlite3_bind_null(statement, parameter),
        long number => raw.sqlite3_bind_int64(statement, parameter, number),
        int number => raw.sqlite3_bind_int64(statement, parameter, number),
        bool flag => raw.sqlite3_bind_int64(statement, parameter, flag ? 1 : 0),
        double number => raw.sqlite3_bind_double(statement, parameter, number),
        string text => raw.sqlite3_bind_text(statement, parameter, text),
        byte[] bytes => raw.sqlite3_bind_blob(statement, parameter, bytes),
        _ => throw new ArgumentException($"A {value.GetType()} cannot be stored.", nameof(value)),
    };
}
