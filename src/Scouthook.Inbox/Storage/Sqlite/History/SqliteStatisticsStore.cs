using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>
/// Aggregates statistics in one SQLite file. It follows the change log, which contains everything once and in order.
/// </summary>
internal sealed class SqliteStatisticsStore(SqliteWriter writer, SqliteReader reader) : IStatisticsStore
{
    private const long Chunk = 5_000;
    private const long Bucket = 5L * 60 * 1_000_000;
    private const int MaxBuckets = 300;
    private const string Position = "changes_counted_through";

    public async Task<StepOutcome> CountAsync()
    {
        var (from, to, last, events, attempts) = await reader.ReadAsync(ReadChunk, CancellationToken.None);
        if (to <= from)
        {
            return StepOutcome.Finished;
        }

        await writer.RunAsync(session => Add(session, from, to, events, attempts));
        return to < last ? StepOutcome.MoreToDo : StepOutcome.Finished;
    }

    public Task<StatisticsSnapshot> ReadAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken) =>
        reader.LookUpAsync(connection => Read(connection, since, now), cancellationToken);

    public Task<IReadOnlyList<StatisticsSnapshot.Waiting>> BacklogAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<StatisticsSnapshot.Waiting>>(Backlog, cancellationToken);

    private static (long From, long To, long Last, List<EventRow> Events, List<AttemptRow> Attempts) ReadChunk(
        SqliteConnection connection)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        var from = connection.ExecuteScalar<long?>(
            "SELECT value FROM upkeep WHERE name = @Position", new { Position }, snapshot) ?? 0;
        var last = connection.ExecuteScalar<long?>(
            "SELECT change_id + ids - 1 FROM change ORDER BY change_id DESC LIMIT 1", transaction: snapshot) ?? 0;

        // Whole rows of the log: up to the last one that begins within the chunk.
        var to = connection.ExecuteScalar<long?>(
            """
            SELECT change_id + ids - 1 FROM (
              SELECT change_id, ids FROM change WHERE change_id > @from ORDER BY change_id LIMIT @Chunk)
            ORDER BY change_id DESC LIMIT 1
            """,
            new { from, Chunk },
            snapshot) ?? from;
        var bounds = new { from, to, Bucket };
        return (
            from,
            to,
            last,
            connection.Query<EventRow>(
                """
                SELECT e.received_at / @Bucket * @Bucket AS Bucket, e.source_id AS SourceId, e.event_type_id AS TypeId,
                  e.state AS State, count(*) AS Events
                FROM change c CROSS JOIN event e ON e.sequence >= c.sequence AND e.sequence < c.sequence + c.ids
                WHERE c.change_id > @from AND c.change_id <= @to AND c.sequence IS NOT NULL
                GROUP BY 1, 2, 3, 4
                """,
                bounds,
                snapshot).AsList(),
            connection.Query<AttemptRow>(
                """
                SELECT a.started_at / @Bucket * @Bucket AS Bucket, d.endpoint_id AS EndpointId, a.outcome AS Outcome,
                  count(*) AS Attempts, sum(a.duration) AS Duration
                FROM change c
                  CROSS JOIN attempt a ON a.delivery_id = c.delivery_id AND a.number = c.number
                  JOIN delivery d ON d.delivery_id = a.delivery_id
                WHERE c.change_id > @from AND c.change_id <= @to AND c.delivery_id IS NOT NULL
                GROUP BY 1, 2, 3
                """,
                bounds,
                snapshot).AsList());
    }

    private static bool Add(SqliteSession session, long from, long to, List<EventRow> events, List<AttemptRow> attempts)
    {
        var counted = session.Statement("SELECT value FROM upkeep WHERE name = ?1").Scalar(Position) is long value ? value : 0;
        if (counted != from)
        {
            return false;
        }

        foreach (var row in events)
        {
            session.Statement(
                """
                INSERT INTO event_count (bucket, source_id, event_type_id, state, events) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT DO UPDATE SET events = events + ?5
                """).Execute(row.Bucket, row.SourceId, row.TypeId, row.State, row.Events);
        }

        foreach (var row in attempts)
        {
            session.Statement(
                """
                INSERT INTO attempt_count (bucket, endpoint_id, outcome, attempts, duration) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT DO UPDATE SET attempts = attempts + ?4, duration = duration + ?5
                """).Execute(row.Bucket, row.EndpointId, row.Outcome, row.Attempts, row.Duration);
        }

        session.Statement("INSERT INTO upkeep (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2")
            .Execute(Position, to);
        return true;
    }

    private static StatisticsSnapshot Read(SqliteConnection connection, DateTimeOffset since, DateTimeOffset now)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        var from = SqliteTime.From(since) / Bucket * Bucket;
        var step = Math.Max(1, ((SqliteTime.From(now) - from) / Bucket / MaxBuckets) + 1) * Bucket;
        var events = connection.Query<(string Source, string EventType, long State, long Events)>(
            """
            SELECT s.name AS Source, t.name AS EventType, c.state AS State, sum(c.events) AS Events
            FROM event_count c JOIN source s ON s.source_id = c.source_id
              JOIN event_type t ON t.event_type_id = c.event_type_id
            WHERE c.bucket >= @from GROUP BY c.source_id, c.event_type_id, c.state ORDER BY 4 DESC
            """,
            new { from },
            snapshot).Select(row => new StatisticsSnapshot.EventCount(row.Source, row.EventType, row.State, row.Events)).ToList();
        var attempts = connection.Query<(byte[] Id, long Outcome, long Attempts, long Duration)>(
            """
            SELECT e.id, c.outcome, sum(c.attempts), sum(c.duration)
            FROM attempt_count c JOIN endpoint e ON e.endpoint_id = c.endpoint_id
            WHERE c.bucket >= @from GROUP BY c.endpoint_id, c.outcome
            """,
            new { from },
            snapshot).Select(row => new StatisticsSnapshot.AttemptCount(
                new Guid(row.Id, bigEndian: true), row.Outcome, row.Attempts, TimeSpan.FromMicroseconds(row.Duration)))
            .ToList();
        var series = connection.Query<(long At, long Events, long Attempts, long Failed)>(
            """
            SELECT bucket / @step * @step, sum(events), sum(attempts), sum(failed) FROM (
              SELECT bucket, events, 0 AS attempts, 0 AS failed FROM event_count WHERE bucket >= @from
              UNION ALL
              SELECT bucket, 0, attempts, CASE outcome WHEN 0 THEN 0 ELSE attempts END FROM attempt_count WHERE bucket >= @from)
            GROUP BY 1 ORDER BY 1
            """,
            new { from, step },
            snapshot).Select(row => new StatisticsSnapshot.Moment(SqliteTime.To(row.At), row.Events, row.Attempts, row.Failed)).ToList();
        return new StatisticsSnapshot(SqliteTime.To(from), now, events, attempts, series, []);
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
                new Guid(row.Id, bigEndian: true), row.Name, row.Holding - row.DeadHolding, row.Dead, SqliteTime.To(row.Oldest))),
    ];

    private sealed class EventRow
    {
        public long Bucket { get; init; }

        public long SourceId { get; init; }

        public long TypeId { get; init; }

        public long State { get; init; }

        public long Events { get; init; }
    }

    private sealed class AttemptRow
    {
        public long Bucket { get; init; }

        public long EndpointId { get; init; }

        public long Outcome { get; init; }

        public long Attempts { get; init; }

        public long Duration { get; init; }
    }
}
