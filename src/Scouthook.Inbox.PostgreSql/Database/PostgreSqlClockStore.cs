using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Stores the age clock in the database.</summary>
internal sealed class PostgreSqlClockStore(PostgreSqlReader reader) : IClockStore
{
    private const string Name = "age_clock";

    public Task<StoredClock> ReadAsync(CancellationToken cancellationToken) => reader.ReadAsync(
        connection =>
        {
            using var row = new PostgreSqlStatement(
                connection,
                null,
                $"""
                SELECT (SELECT value FROM upkeep WHERE name = '{Name}'),
                  (SELECT coalesce(aged_from, received_at) FROM event ORDER BY sequence DESC LIMIT 1)
                """).Read();
            row.Read();
            return new StoredClock(
                row.IsDBNull(0) ? null : StoredTime.To(row.GetInt64(0)),
                row.IsDBNull(1) ? null : StoredTime.To(row.GetInt64(1)));
        },
        cancellationToken);

    /// <summary>Writes the age clock in the transaction of the changes based on it.</summary>
    public static void Write(PostgreSqlSession session, DateTimeOffset age) => session.Statement(
        """
        INSERT INTO upkeep (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = greatest(upkeep.value, excluded.value)
        """).Execute(Name, StoredTime.From(age));
}
