using System.Data;
using Npgsql;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Reads the buckets of a window: only the tables of counts, never an event or a delivery.</summary>
internal sealed class PostgreSqlStatisticsQuery
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _snapshot;
    private readonly StatisticsResolution _resolution;
    private readonly StatisticsSnapshotBuilder _builder;
    private readonly DateTimeOffset _now;

    private PostgreSqlStatisticsQuery(
        NpgsqlConnection connection, NpgsqlTransaction snapshot, DateTimeOffset since, DateTimeOffset now)
    {
        _connection = connection;
        _snapshot = snapshot;
        _now = now;
        _resolution = StatisticsResolution.Of(now - since);
        _builder = new StatisticsSnapshotBuilder(since, now, _resolution);
    }

    public static StatisticsSnapshot Read(NpgsqlConnection connection, DateTimeOffset since, DateTimeOffset now)
    {
        // One snapshot for all, so that what is delivered has also been received.
        using var snapshot = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        return new PostgreSqlStatisticsQuery(connection, snapshot, since, now).Read();
    }

    public static IReadOnlyList<StatisticsSnapshot.Moment> ReadEndpoint(
        NpgsqlConnection connection, Guid endpointId, DateTimeOffset since, DateTimeOffset now)
    {
        using var snapshot = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        var query = new PostgreSqlStatisticsQuery(connection, snapshot, since, now);
        query.ReadAttempts(endpointId);
        return query._builder.Build().Series;
    }

    private StatisticsSnapshot Read()
    {
        Read(
            "s.name, t.name, c.state, c.events FROM event_count c JOIN source s ON s.source_id = c.source_id "
            + "JOIN event_type t ON t.event_type_id = c.event_type_id",
            row => _builder.AddEvents(At(row), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4)));
        Read(
            "s.name, t.name, c.deliveries FROM delivered_count c JOIN source s ON s.source_id = c.source_id "
            + "JOIN event_type t ON t.event_type_id = c.event_type_id",
            row => _builder.AddDelivered(At(row), row.GetString(1), row.GetString(2), row.GetInt64(3)));
        ReadAttempts(null);
        return _builder.Build();
    }

    /// <summary>Reads the attempts and latencies of all endpoints, or of one.</summary>
    private void ReadAttempts(Guid? endpoint)
    {
        Read(
            "p.id, c.outcome, c.attempts, c.duration FROM attempt_count c JOIN endpoint p ON p.endpoint_id = c.endpoint_id",
            row => _builder.AddAttempts(
                At(row), row.GetGuid(1), row.GetInt64(2), row.GetInt64(3), TimeSpan.FromMicroseconds(row.GetInt64(4))),
            endpoint);
        Read(
            "p.id, c.kind, c.bins FROM latency_count c JOIN endpoint p ON p.endpoint_id = c.endpoint_id",
            row => _builder.AddLatencies(At(row), row.GetGuid(1), (LatencyKind)row.GetInt64(2), row.GetBytes(3)),
            endpoint);
    }

    /// <summary>Reads the rows of the window. Buckets of a clock that was ahead are not part of it.</summary>
    private void Read(string columnsOfTables, Action<PostgreSqlRows> add, Guid? endpoint = null)
    {
        var window = $"SELECT c.bucket, {columnsOfTables} WHERE c.resolution = $1 AND c.bucket >= $2 AND c.bucket <= $3";
        var (first, last) = (StoredTime.From(_builder.First), StoredTime.From(_now));
        using var rows = endpoint is { } id
            ? new PostgreSqlStatement(_connection, _snapshot, window + " AND p.id = $4").Read(_resolution.Minutes, first, last, id)
            : new PostgreSqlStatement(_connection, _snapshot, window).Read(_resolution.Minutes, first, last);
        while (rows.Read())
        {
            add(rows);
        }
    }

    private static DateTimeOffset At(PostgreSqlRows row) => StoredTime.To(row.GetInt64(0));
}
