using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Adds counts to those of the store.</summary>
internal static class SqliteStatisticsCounts
{
    public static void Add(SqliteSession session, StatisticsCounts counts)
    {
        foreach (var (row, count) in counts.Events)
        {
            session.Statement(
                """
                INSERT INTO event_count (resolution, bucket, source_id, event_type_id, state, events) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT DO UPDATE SET events = events + ?6
                """).Execute(counts.Resolution, row.Bucket, row.Source, row.EventType, row.State, count);
        }

        foreach (var (row, count) in counts.Delivered)
        {
            session.Statement(
                """
                INSERT INTO delivered_count (resolution, bucket, source_id, event_type_id, deliveries) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT DO UPDATE SET deliveries = deliveries + ?5
                """).Execute(counts.Resolution, row.Bucket, row.Source, row.EventType, count);
        }

        foreach (var (row, count) in counts.Attempts)
        {
            session.Statement(
                """
                INSERT INTO attempt_count (resolution, bucket, endpoint_id, outcome, attempts, duration) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT DO UPDATE SET attempts = attempts + ?5, duration = duration + ?6
                """).Execute(counts.Resolution, row.Bucket, row.Endpoint, row.Outcome, count.Attempts, count.Duration);
        }

        foreach (var (row, latencies) in counts.Latencies)
        {
            AddLatencies(session, counts.Resolution, row.Bucket, row.Endpoint, row.Kind, latencies);
        }
    }

    private static void AddLatencies(
        SqliteSession session, long resolution, long bucket, long endpoint, LatencyKind kind, LatencyHistogram latencies)
    {
        // In a histogram of its own: the transaction may be rolled back and run again.
        var sum = new LatencyHistogram();
        sum.Add(latencies);
        if (session.Statement(
            "SELECT bins FROM latency_count WHERE resolution = ?1 AND bucket = ?2 AND endpoint_id = ?3 AND kind = ?4")
            .Scalar(resolution, bucket, endpoint, (long)kind) is byte[] stored)
        {
            sum.Add(stored);
        }

        session.Statement(
            """
            INSERT INTO latency_count (resolution, bucket, endpoint_id, kind, bins) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET bins = ?5
            """).Execute(resolution, bucket, endpoint, (long)kind, sum.ToBytes());
    }
}
