using System.Data;
using Dapper;
using Npgsql;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>
/// Aggregates statistics in a PostgreSQL database. It follows the change log, which contains everything once and in order.
/// </summary>
internal sealed class PostgreSqlStatisticsStore(
    PostgreSqlWriter writer, PostgreSqlReader reader, PostgreSqlChangeNumbers numbers) : IStatisticsStore
{
    private const int MaxBuckets = 20;

    private long _chunkSize = StatisticsChunk.MaxSize;

    public async Task<StepOutcome> CountAsync()
    {
        await numbers.UpdateAsync(CancellationToken.None);
        var chunk = await reader.ReadAsync(
            connection => PostgreSqlStatisticsChunk.Read(connection, ref _chunkSize), CancellationToken.None);
        if (chunk is null)
        {
            return StepOutcome.Finished;
        }

        await writer.RunRelaxedAsync(session => PostgreSqlStatisticsChunk.TryAdd(session, chunk));
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
        reader.LookUpAsync(connection => PostgreSqlStatisticsQuery.Read(connection, since, now), cancellationToken);

    public Task<IReadOnlyList<StatisticsSnapshot.Moment>> ReadEndpointAsync(
        Guid endpointId, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken) =>
        reader.LookUpAsync(connection => PostgreSqlStatisticsQuery.ReadEndpoint(connection, endpointId, since, now), cancellationToken);

    public Task<IReadOnlyList<StatisticsSnapshot.Waiting>> BacklogAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<StatisticsSnapshot.Waiting>>(Backlog, cancellationToken);

    /// <summary>Finds some of the oldest buckets past their time, each to be removed from every table.</summary>
    internal static List<(long Resolution, long Bucket)> Old(NpgsqlConnection connection, DateTimeOffset age)
    {
        using var snapshot = connection.BeginTransaction(IsolationLevel.RepeatableRead);
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
                      SELECT min(bucket) FROM latency_count WHERE resolution = @Minutes AND bucket > @bucket) AS next
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

    private static void Remove(PostgreSqlSession session, (long Resolution, long Bucket) old)
    {
        session.Statement("DELETE FROM event_count WHERE resolution = $1 AND bucket = $2").Execute(old.Resolution, old.Bucket);
        session.Statement("DELETE FROM delivered_count WHERE resolution = $1 AND bucket = $2").Execute(old.Resolution, old.Bucket);
        session.Statement("DELETE FROM attempt_count WHERE resolution = $1 AND bucket = $2").Execute(old.Resolution, old.Bucket);
        session.Statement("DELETE FROM latency_count WHERE resolution = $1 AND bucket = $2").Execute(old.Resolution, old.Bucket);
    }

    private static List<StatisticsSnapshot.Waiting> Backlog(NpgsqlConnection connection) =>
    [
        .. connection.Query<(Guid Id, string Name, long Holding, long Dead, long DeadHolding, long? Oldest)>(
            """
            SELECT e.id, e.name,
              (SELECT count(*) FROM delivery d WHERE d.holds AND d.endpoint_id = e.endpoint_id),
              (SELECT count(*) FROM delivery d
               WHERE d.state = 3 AND d.endpoint_id = e.endpoint_id AND d.replaced_by IS NULL),
              (SELECT count(*) FROM delivery d
               WHERE d.state = 3 AND d.endpoint_id = e.endpoint_id AND d.holds),
              (SELECT d.created_at FROM delivery d WHERE d.delivery_id = (
                 -- OFFSET 0 keeps the planner from reading all deliveries in order until one is unsettled.
                 SELECT min(o.delivery_id) FROM (SELECT delivery_id FROM delivery WHERE holds AND endpoint_id = e.endpoint_id OFFSET 0) o
                 WHERE o.delivery_id NOT IN (
                   SELECT x.delivery_id FROM delivery x
                   WHERE x.state = 3 AND x.endpoint_id = e.endpoint_id AND x.holds)))
            FROM endpoint e WHERE e.deleted_at IS NULL ORDER BY e.endpoint_id
            """).Select(row => new StatisticsSnapshot.Waiting(
                row.Id, row.Name, row.Holding - row.DeadHolding, row.Dead, StoredTime.To(row.Oldest))),
    ];
}
