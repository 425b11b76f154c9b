using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Adds counts to those of the store.</summary>
internal static class PostgreSqlStatisticsCounts
{
    public static void Add(PostgreSqlSession session, StatisticsCounts counts)
    {
        foreach (var (row, count) in counts.Events)
        {
            session.Statement(
                """
                INSERT INTO event_count (resolution, bucket, source_id, event_type_id, state, events) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (resolution, bucket, source_id, event_type_id, state) DO UPDATE SET events = event_count.events + excluded.events
                """).Execute(counts.Resolution, row.Bucket, row.Source, row.EventType, row.State, count);
        }

        foreach (var (row, count) in counts.Delivered)
        {
            session.Statement(
                """
                INSERT INTO delivered_count (resolution, bucket, source_id, event_type_id, deliveries) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (resolution, bucket, source_id, event_type_id)
                DO UPDATE SET deliveries = delivered_count.deliveries + excluded.deliveries
                """).Execute(counts.Resolution, row.Bucket, row.Source, row.EventType, count);
        }

        foreach (var (row, count) in counts.Attempts)
        {
            session.Statement(
                """
                INSERT INTO attempt_count (resolution, bucket, endpoint_id, outcome, attempts, duration) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (resolution, bucket, endpoint_id, outcome) DO UPDATE SET
                  attempts = attempt_count.attempts + excluded.attempts, duration = attempt_count.duration + excluded.duration
                """).Execute(counts.Resolution, row.Bucket, row.Endpoint, row.Outcome, count.Attempts, count.Duration);
        }

        foreach (var (row, latencies) in counts.Latencies)
        {
            AddLatencies(session, counts.Resolution, row.Bucket, row.Endpoint, row.Kind, latencies);
        }
    }

    private static void AddLatencies(
        PostgreSqlSession session, long resolution, long bucket, long endpoint, LatencyKind kind, LatencyHistogram latencies)
    {
        // In a histogram of its own: the transaction may be rolled back and run again.
        var sum = new LatencyHistogram();
        sum.Add(latencies);
        if (session.Statement(
            "SELECT bins FROM latency_count WHERE resolution = $1 AND bucket = $2 AND endpoint_id = $3 AND kind = $4")
            .Scalar(resolution, bucket, endpoint, (long)kind) is byte[] stored)
        {
            sum.Add(stored);
        }

        session.Statement(
            """
            INSERT INTO latency_count (resolution, bucket, endpoint_id, kind, bins) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (resolution, bucket, endpoint_id, kind) DO UPDATE SET bins = excluded.bins
            """).Execute(resolution, bucket, endpoint, (long)kind, sum.ToBytes());
    }
}
