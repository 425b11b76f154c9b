using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>
/// Aggregates statistics in one SQLite file. It follows the change log, which contains everything once and in order.
/// </summary>
internal sealed class SqliteStatisticsStore(SqliteWriter writer, SqliteReader reader) : IStatisticsStore
{
    private const int MaxBuckets = 20;

    private long _chunkSize = StatisticsChunk.MaxSize;

    public async Task<StepOutcome> CountAsync()
    {
        await reader.SyncAsync();
        var chunk = await reader.ReadAsync(
            connection => SqliteStatisticsChunk.Read(connection, reader.Durable.Changes, ref _chunkSize), CancellationToken.None);
        if (chunk is null)
        {
            return StepOutcome.Finished;
        }

        await writer.RunRelaxedAsync(session => SqliteStatisticsChunk.TryAdd(session, chunk));
        return chunk.IsMoreToCount ? StepOutcome.MoreToDo : StepOutcome.Finished;
    }

    public async Task<StepOutcome> PruneAsync(DateTimeOffset age)
    {
        // Nothing is old most of the time, and then nothing is written.
        var present = StatisticsResolution.Present(age, writer.Clock.Time.Now);
        var old = await reader.ReadAsync(connection => Old(connection, present), CancellationToken.None);
        if (old.Count == 0)
        {
            return StepOutcome.Finished;
        }

        await writer.RunRelaxedAsync(session =>
        {
            old.ForEach(bucket => Remove(session, bucket));
            return true;
        });
        return old.Count >= MaxBuckets ? StepOutcome.MoreToDo : StepOutcome.Finished;
    }

    public Task<StatisticsSnapshot> ReadAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken) =>
        reader.LookUpAsync(connection => SqliteStatisticsQuery.Read(connection, since, now), cancellationToken);

    public Task<IReadOnlyList<StatisticsSnapshot.Moment>> ReadEndpointAsync(
        Guid endpointId, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken) =>
        reader.LookUpAsync(connection => SqliteStatisticsQuery.ReadEndpoint(connection, endpointId, since, now), cancellationToken);

    public Task<IReadOnlyList<StatisticsSnapshot.Waiting>> BacklogAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<StatisticsSnapshot.Waiting>>(Backlog, cancellationToken);

    /// <summary>Finds some of the oldest buckets past their time, each to be removed from every table.</summary>
    internal static List<(long Resolution, long Bucket)> Old(SqliteConnection connection, DateTimeOffset age)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        var old = new List<(long Resolution, long Bucket)>();
        foreach (var resolution in StatisticsResolution.All)
        {
            var before = StoredTime.From(age - resolution.KeptFor);
            for (var bucket = long.MinValue; old.Count < MaxBuckets; old.Add((resolution.Minutes, bucket)))
            {
                var next = connection.ExecuteScalar<long?>(
                    """
                    SELECT min(bucket) FROM (
                      SELECT min(bucket) AS bucket FROM event_count WHERE resolution = @Minutes AND bucket > @bucket
                      UNION ALL
                      SELECT min(bucket) FROM delivered_count WHERE resolution = @Minutes AND bucket > @bucket
                      UNION ALL
                      SELECT min(bucket) FROM attempt_count WHERE resolution = @Minutes AND bucket > @bucket
                      UNION ALL
                      SELECT min(bucket) FROM latency_count WHERE resolution = @Minutes AND bucket > @bucket)
                    """,
                    new { resolution.Minutes, bucket },
                    snapshot);
                if (next is not { } found || found >= before)
                {
                    break;
                }

                bucket = found;
            }
        }

        return old;
    }

    private static void Remove(SqliteSession session, (long Resolution, long Bucket) old)
    {
        session.Statement("DELETE FROM event_count WHERE resolution = ?1 AND bucket = ?2").Execute(old.Resolution, old.Bucket);
        session.Statement("DELETE FROM delivered_count WHERE resolution = ?1 AND bucket = ?2").Execute(old.Resolution, old.Bucket);
        session.Statement("DELETE FROM attempt_count WHERE resolution = ?1 AND bucket = ?2").Execute(old.Resolution, old.Bucket);
        session.Statement("DELETE FROM latency_count WHERE resolution = ?1 AND bucket = ?2").Execute(old.Resolution, old.Bucket);
    }

    private static List<StatisticsSnapshot.Waiting> Backlog(SqliteConnection connection) =>
    [
        .. connection.Query<(byte[] Id, string Name, long Holding, long Dead, long DeadHolding, long? Oldest)>(
            """
            SELECT e.id, e.name,
              (SELECT count(*) FROM delivery d INDEXED BY delivery_order WHERE d.holds = 1 AND d.endpoint_id = e.endpoint_id),
              (SELECT count(*) FROM delivery d INDEXED BY delivery_dead
               WHERE d.state = 3 AND d.endpoint_id = e.endpoint_id AND d.replaced_by IS NULL),
              (SELECT count(*) FROM delivery d INDEXED BY delivery_dead
               WHERE d.state = 3 AND d.endpoint_id = e.endpoint_id AND d.holds = 1),
              (SELECT d.created_at FROM delivery d WHERE d.delivery_id = (
                 SELECT min(o.delivery_id) FROM delivery o INDEXED BY delivery_order
                 WHERE o.holds = 1 AND o.endpoint_id = e.endpoint_id
                   AND o.delivery_id NOT IN (
                     SELECT x.delivery_id FROM delivery x INDEXED BY delivery_dead
                     WHERE x.state = 3 AND x.endpoint_id = e.endpoint_id AND x.holds = 1)))
            FROM endpoint e WHERE e.deleted_at IS NULL ORDER BY e.endpoint_id
            """).Select(row => new StatisticsSnapshot.Waiting(
                new Guid(row.Id, bigEndian: true), row.Name, row.Holding - row.DeadHolding, row.Dead, StoredTime.To(row.Oldest))),
    ];
}
