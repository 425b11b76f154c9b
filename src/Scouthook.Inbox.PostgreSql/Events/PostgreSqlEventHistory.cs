using Dapper;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Reads the events of a PostgreSQL database.</summary>
internal sealed class PostgreSqlEventHistory(PostgreSqlReader reader, TimeProvider timeProvider) : IEventHistory
{
    public Task<Page<StoredEvent>> ListAsync(EventQuery query, CancellationToken cancellationToken) =>
        reader.LookUpAsync(connection => new PostgreSqlEventList(connection, query, timeProvider).Read(), cancellationToken);

    public Task<StoredEvent?> FindAsync(Guid id, CancellationToken cancellationToken) => reader.LookUpAsync(
        connection => connection.ReadRows(
            PostgreSqlEventRow.Select + " WHERE e.id = @id", new { id = id }, EventRow.Read).SingleOrDefault(),
        cancellationToken);

    public Task<EventContent?> ReadAsync(Guid id, CancellationToken cancellationToken) => reader.LookUpAsync(
        connection => connection.QuerySingleOrDefault<EventContent>(
            "SELECT b.body AS Body, b.headers AS Headers FROM event e JOIN event_body b ON b.sequence = e.sequence "
            + "WHERE e.id = @id",
            new { id = id }),
        cancellationToken);

    public Task<IReadOnlyList<SourceActivity>> SourcesAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<SourceActivity>>(
            connection =>
            [
                .. connection.Query<(string Name, long? Sequence, long? ReceivedAt)>(
                    """
                    SELECT s.name, e.sequence, e.received_at
                    FROM source s LEFT JOIN event e
                      ON e.sequence = (SELECT max(sequence) FROM event WHERE source_id = s.source_id)
                    ORDER BY s.name
                    """).Select(row => new SourceActivity(row.Name, StoredTime.To(row.ReceivedAt), row.Sequence)),
            ],
            cancellationToken);
}
