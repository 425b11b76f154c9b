using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Reads the buckets of a window: only the tables of counts, never an event or a delivery.</summary>
internal static class SqliteStatisticsQuery
{
    public static StatisticsSnapshot Read(SqliteConnection connection, DateTimeOffset since, DateTimeOffset now)
    {
        // One snapshot for all, so that what is delivered has also been received.
        using var snapshot = connection.BeginTransaction(deferred: true);
        var resolution = StatisticsResolution.Of(now - since);
        var builder = new StatisticsSnapshotBuilder(since, now, resolution);

        // Buckets of a clock that was ahead are not part of the window.
        var bounds = new { resolution.Minutes, first = SqliteTime.From(builder.First), last = SqliteTime.From(now) };
        foreach (var row in connection.Query<(long At, string Source, string EventType, long State, long Events)>(
            """
            SELECT c.bucket, s.name, t.name, c.state, c.events
            FROM event_count c CROSS JOIN source s ON s.source_id = c.source_id
              CROSS JOIN event_type t ON t.event_type_id = c.event_type_id
            WHERE c.resolution = @Minutes AND c.bucket >= @first AND c.bucket <= @last
            """,
            bounds,
            snapshot,
            buffered: false))
        {
            builder.AddEvents(SqliteTime.To(row.At), row.Source, row.EventType, row.State, row.Events);
        }

        foreach (var row in connection.Query<(long At, string Source, string EventType, long Deliveries)>(
            """
            SELECT c.bucket, s.name, t.name, c.deliveries
            FROM delivered_count c CROSS JOIN source s ON s.source_id = c.source_id
              CROSS JOIN event_type t ON t.event_type_id = c.event_type_id
            WHERE c.resolution = @Minutes AND c.bucket >= @first AND c.bucket <= @last
            """,
            bounds,
            snapshot,
            buffered: false))
        {
            builder.AddDelivered(SqliteTime.To(row.At), row.Source, row.EventType, row.Deliveries);
        }

        foreach (var row in connection.Query<(long At, byte[] Id, long Outcome, long Attempts, long Duration)>(
            """
            SELECT c.bucket, e.id, c.outcome, c.attempts, c.duration
            FROM attempt_count c CROSS JOIN endpoint e ON e.endpoint_id = c.endpoint_id
            WHERE c.resolution = @Minutes AND c.bucket >= @first AND c.bucket <= @last
            """,
            bounds,
            snapshot,
            buffered: false))
        {
            builder.AddAttempts(
                SqliteTime.To(row.At), new Guid(row.Id, bigEndian: true), row.Outcome, row.Attempts, TimeSpan.FromMicroseconds(row.Duration));
        }

        foreach (var row in connection.Query<(long At, byte[] Id, long Kind, byte[] Bins)>(
            """
            SELECT c.bucket, e.id, c.kind, c.bins
            FROM latency_count c CROSS JOIN endpoint e ON e.endpoint_id = c.endpoint_id
            WHERE c.resolution = @Minutes AND c.bucket >= @first AND c.bucket <= @last
            """,
            bounds,
            snapshot,
            buffered: false))
        {
            builder.AddLatencies(SqliteTime.To(row.At), new Guid(row.Id, bigEndian: true), (LatencyKind)row.Kind, row.Bins);
        }

        return builder.Build();
    }
}
