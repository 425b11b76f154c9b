using Npgsql;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>A statement with positional parameters. It is prepared by nobody: a pooler may give it any connection.</summary>
internal readonly struct PostgreSqlStatement(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql)
{
    public static NpgsqlParameter Parameter(object? value) => value switch
    {
        string text => new NpgsqlParameter<string> { TypedValue = PostgreSqlText.Storable(text) },
        long number => new NpgsqlParameter<long> { TypedValue = number },
        string?[] texts => new NpgsqlParameter { Value = Array.ConvertAll(texts, text => text is null ? null : PostgreSqlText.Storable(text)) },
        _ => new NpgsqlParameter { Value = value ?? DBNull.Value },
    };

    /// <returns>The number of rows that the statement inserted, updated or deleted.</returns>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        using var command = Command(values);
        return command.ExecuteNonQuery();
    }

    /// <returns>
    /// The first column of the first row, numbers as <see cref="long"/>; <see cref="DBNull"/> if it is null, and
    /// <see langword="null"/> without a row.
    /// </returns>
    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        using var command = Command(values);
        return command.ExecuteScalar() switch
        {
            int number => (long)number,
            short number => (long)number,
            var value => value,
        };
    }

    /// <summary>Starts the statement; the caller disposes the rows before the next one.</summary>
    public PostgreSqlRows Read(params ReadOnlySpan<object?> values)
    {
        var command = Command(values);
        return new PostgreSqlRows(command.ExecuteReader(), command);
    }

    private NpgsqlCommand Command(ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(Parameter(value));
        }

        return command;
    }
}
