using Dapper;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Reads the events of one SQLite file.</summary>
internal sealed class SqliteEventHistory(SqliteReader reader, TimeProvider timeProvider) : IEventHistory
{
    public Task<Page<StoredEvent>> ListAsync(EventQuery query, CancellationToken cancellationToken) =>
        reader.LookUpAsync(connection => new SqliteEventList(connection, query, timeProvider, reader.Durable.LastSequence).Read(), cancellationToken);

    public Task<StoredEvent?> FindAsync(Guid id, CancellationToken cancellationToken) => reader.LookUpAsync(
        connection => connection.ReadRows(
            SqliteEventRow.Select + " WHERE e.id = @id", new { id = id.ToByteArray(bigEndian: true) }, EventRow.Read).SingleOrDefault(),
        cancellationToken);

    public Task<EventContent?> ReadAsync(Guid id, CancellationToken cancellationToken) => reader.LookUpAsync(
        connection => connection.QuerySingleOrDefault<EventContent>(
            "SELECT b.body AS Body, b.headers AS Headers FROM event e JOIN event_body b ON b.sequence = e.sequence "
            + "WHERE e.id = @id",
            new { id = id.ToByteArray(bigEndian: true) }),
        cancellationToken);

    public Task<IReadOnlyList<SourceActivity>> SourcesAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<SourceActivity>>(
            connection =>
            [
                .. connection.Query<(string Name, long? Sequence, long? ReceivedAt)>(
                    $"""
                    WITH tail (source_id, newest) AS MATERIALIZED (
                      SELECT source_id, max(sequence) FROM event
                      WHERE sequence > ({SqliteLaterIndexes.Through}) AND sequence <= @durable GROUP BY source_id)
                    SELECT s.name, e.sequence, e.received_at
                    FROM source s LEFT JOIN tail t ON t.source_id = s.source_id LEFT JOIN event e
                      ON e.sequence = coalesce(t.newest, (
                        SELECT max(sequence) FROM event
                        WHERE {SqliteLaterIndexes.Contain} AND source_id = s.source_id AND sequence <= @durable))
                    ORDER BY s.name
                    """,
                    new { durable = reader.Durable.LastSequence }).Select(row => new SourceActivity(row.Name, StoredTime.To(row.ReceivedAt), row.Sequence)),
            ],
            cancellationToken);
}
