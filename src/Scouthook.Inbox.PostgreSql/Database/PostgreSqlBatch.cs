using Npgsql;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Statements that are sent together, so that all of them wait for the network once.</summary>
/// <remarks>
/// The server runs them one after the other; each sees what was committed before it began, as if it were sent by itself. Where the
/// rows of one are read, all must return rows, if only none: Npgsql skips the others.
/// </remarks>
/// <param name="connection">The connection.</param>
/// <param name="transaction">The transaction.</param>
/// <param name="takeOpening">Returns a statement that goes before all others, if none has been sent yet.</param>
internal sealed class PostgreSqlBatch(NpgsqlConnection connection, NpgsqlTransaction? transaction, Func<string?> takeOpening)
{
    private readonly List<(NpgsqlBatchCommand Command, Action<PostgreSqlRows>? Read)> _statements = [];

    /// <summary>Adds a statement whose rows are of no interest.</summary>
    public void Add(string sql, params ReadOnlySpan<object?> values) => Add(read: null, sql, values);

    /// <param name="read">Gets the rows.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="values">Its positional parameters.</param>
    public void Add(Action<PostgreSqlRows>? read, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(PostgreSqlStatement.Parameter(value));
        }

        _statements.Add((command, read));
    }

    public void Execute()
    {
        if (_statements.Count == 0)
        {
            return;
        }

        using var batch = new NpgsqlBatch(connection, transaction);
        if (takeOpening() is { } opening)
        {
            _statements.Insert(0, (new NpgsqlBatchCommand(opening), null));
        }

        _statements.ForEach(statement => batch.BatchCommands.Add(statement.Command));
        using var rows = batch.ExecuteReader();
        var all = new PostgreSqlRows(rows);
        foreach (var (_, read) in _statements)
        {
            read?.Invoke(all);
            rows.NextResult();
        }
    }
}
