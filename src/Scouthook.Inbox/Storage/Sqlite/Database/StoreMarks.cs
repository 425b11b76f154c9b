using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>The state of a store, from which missing acknowledged data can be detected.</summary>
/// <param name="Rows">
/// The highest row ids ever assigned, of events, deliveries, endpoints, replays, keys and audit entries.
/// </param>
/// <param name="Changes">The newest change reported to followers.</param>
/// <param name="LastSequence">The newest event.</param>
/// <param name="LastEvent">The id of that event.</param>
/// <param name="Deliveries">The row id of the newest delivery.</param>
internal sealed record StoreMarks(long Rows, long Changes, long LastSequence, byte[]? LastEvent, long Deliveries)
{
    private const string Query =
        """
        SELECT (SELECT coalesce(sum(seq), 0) FROM sqlite_sequence),
          (SELECT coalesce(max(change_id), 0) FROM change), coalesce(e.sequence, 0), e.id,
          (SELECT coalesce(max(delivery_id), 0) FROM delivery)
        FROM (SELECT max(sequence) AS last FROM event) LEFT JOIN event e ON e.sequence = last
        """;

    /// <summary>Reads the marks inside the transaction about to be committed.</summary>
    public static StoreMarks Read(SqliteSession session)
    {
        using var row = session.Statement(Query).Read();
        row.Read();
        return Read(row);
    }

    public static StoreMarks Read(SqliteConnection connection)
    {
        using var statement = new SqliteStatement(connection, Query);
        using var row = statement.Read();
        row.Read();
        return Read(row);
    }

    /// <summary>Returns whether a store lacks something that these marks include.</summary>
    public bool IsMissingIn(SqliteConnection connection)
    {
        var other = Read(connection);
        if (other.Rows < Rows || other.Changes < Changes)
        {
            return true;
        }

        // A copy that diverged has other events under the same sequences.
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM event WHERE sequence = $sequence";
        command.Parameters.AddWithValue("$sequence", LastSequence);
        return command.ExecuteScalar() is byte[] id && !id.AsSpan().SequenceEqual(LastEvent);
    }

    private static StoreMarks Read(SqliteRows row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetBytes(3), row.GetInt64(4));
}
