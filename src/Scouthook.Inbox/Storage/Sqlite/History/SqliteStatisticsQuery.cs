using System.Globalization;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Reads the buckets of a window: only the tables of counts, never an event or a delivery.</summary>
/// <remarks>
/// The rows are many and the names few, so each name is read once and not with every row.
/// </remarks>
internal sealed class SqliteStatisticsQuery
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _snapshot;
    private readonly StatisticsResolution _resolution;
    private readonly StatisticsSnapshotBuilder _builder;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<long, string> _sources = [];
    private readonly Dictionary<long, string> _eventTypes = [];
    private readonly Dictionary<long, Guid> _endpoints = [];

    private SqliteStatisticsQuery(
        SqliteConnection connection, SqliteTransaction snapshot, DateTimeOffset since, DateTimeOffset now)
    {
        _connection = connection;
        _snapshot = snapshot;
        _now = now;
        _resolution = StatisticsResolution.Of(now - since);
        _builder = new StatisticsSnapshotBuilder(since, now, _resolution);
    }

    public static StatisticsSnapshot Read(SqliteConnection connection, DateTimeOffset since, DateTimeOffset now)
    {
        // One snapshot for all, so that what is delivered has also been received.
        using var snapshot = connection.BeginTransaction(deferred: true);
        return new SqliteStatisticsQuery(connection, snapshot, since, now).Read();
    }

    public static IReadOnlyList<StatisticsSnapshot.Moment> ReadEndpoint(
        SqliteConnection connection, Guid endpointId, DateTimeOffset since, DateTimeOffset now)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        return new SqliteStatisticsQuery(connection, snapshot, since, now).ReadEndpoint(endpointId);
    }

    private StatisticsSnapshot Read()
    {
        Read("source_id, event_type_id, state, events FROM event_count", row => _builder.AddEvents(
            At(row), Source(row.GetInt64(1)), EventType(row.GetInt64(2)), row.GetInt64(3), row.GetInt64(4)));
        Read("source_id, event_type_id, deliveries FROM delivered_count", row => _builder.AddDelivered(
            At(row), Source(row.GetInt64(1)), EventType(row.GetInt64(2)), row.GetInt64(3)));
        ReadAttempts(null);
        return _builder.Build();
    }

    private IReadOnlyList<StatisticsSnapshot.Moment> ReadEndpoint(Guid endpointId)
    {
        using var command = Command("SELECT endpoint_id FROM endpoint WHERE id = @id");
        command.Parameters.AddWithValue("@id", endpointId.ToByteArray(bigEndian: true));
        if (command.ExecuteScalar() is not long id)
        {
            return [];
        }

        ReadAttempts(id);
        return _builder.Build().Series;
    }

    private void ReadAttempts(long? endpoint)
    {
        Read("endpoint_id, outcome, attempts, duration FROM attempt_count", row => _builder.AddAttempts(
            At(row), Endpoint(row.GetInt64(1)), row.GetInt64(2), row.GetInt64(3), TimeSpan.FromMicroseconds(row.GetInt64(4))), endpoint);
        Read("endpoint_id, kind, bins FROM latency_count", row => _builder.AddLatencies(
            At(row), Endpoint(row.GetInt64(1)), (LatencyKind)row.GetInt64(2), row.GetFieldValue<byte[]>(3)), endpoint);
    }

    /// <summary>Reads the rows of the window. Buckets of a clock that was ahead are not part of it.</summary>
    private void Read(string columnsOfTable, Action<SqliteDataReader> add, long? endpoint = null)
    {
        var ofEndpoint = endpoint is null ? "" : " AND endpoint_id = @endpoint";
        using var command = Command(
            $"SELECT bucket, {columnsOfTable} WHERE resolution = @resolution AND bucket >= @first AND bucket <= @last{ofEndpoint}");
        command.Parameters.AddWithValue("@resolution", _resolution.Minutes);
        command.Parameters.AddWithValue("@first", StoredTime.From(_builder.First));
        command.Parameters.AddWithValue("@last", StoredTime.From(_now));
        if (endpoint is not null)
        {
            command.Parameters.AddWithValue("@endpoint", endpoint);
        }

        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            add(rows);
        }
    }

    private static DateTimeOffset At(SqliteDataReader row) => StoredTime.To(row.GetInt64(0));

    private string Source(long id) => Name(_sources, id, "SELECT name FROM source WHERE source_id = @id", name => (string)name);

    private string EventType(long id) =>
        Name(_eventTypes, id, "SELECT name FROM event_type WHERE event_type_id = @id", name => (string)name);

    private Guid Endpoint(long id) => Name(
        _endpoints, id, "SELECT id FROM endpoint WHERE endpoint_id = @id", name => new Guid((byte[])name, bigEndian: true));

    private T Name<T>(Dictionary<long, T> known, long id, string sql, Func<object, T> convert)
    {
        if (!known.TryGetValue(id, out var name))
        {
            using var command = Command(sql);
            command.Parameters.AddWithValue("@id", id);
            known.Add(id, name = convert(command.ExecuteScalar()
                ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{id} is counted and has no name: {sql}"))));
        }

        return name;
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _snapshot;
        command.CommandText = sql;
        return command;
    }
}
