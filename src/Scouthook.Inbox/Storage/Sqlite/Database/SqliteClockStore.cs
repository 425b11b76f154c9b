using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Stores the age clock in one SQLite file.</summary>
internal sealed class SqliteClockStore(SqliteReader reader) : IClockStore
{
    private const string Name = "age_clock";

    public Task<StoredClock> ReadAsync(CancellationToken cancellationToken) => reader.ReadAsync(Read, cancellationToken);

    /// <summary>Writes the age clock in the transaction of the changes based on it.</summary>
    public static void Write(SqliteSession session, DateTimeOffset age) => session.Statement(
        "INSERT INTO upkeep (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = max(value, ?2)")
        .Execute(Name, StoredTime.From(age));

    private static StoredClock Read(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT (SELECT value FROM upkeep WHERE name = '{Name}'),
              (SELECT coalesce(aged_from, received_at) FROM event ORDER BY sequence DESC LIMIT 1)
            """;
        using var row = command.ExecuteReader();
        row.Read();
        return new StoredClock(
            row.IsDBNull(0) ? null : StoredTime.To(row.GetInt64(0)),
            row.IsDBNull(1) ? null : StoredTime.To(row.GetInt64(1)));
    }
}
