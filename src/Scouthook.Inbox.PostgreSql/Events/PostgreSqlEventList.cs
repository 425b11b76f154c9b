using System.Globalization;
using Dapper;
using Npgsql;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Reads one page of events of a PostgreSQL database.</summary>
internal sealed class PostgreSqlEventList(NpgsqlConnection connection, EventQuery query, TimeProvider timeProvider)
    : EventList(query, timeProvider)
{
    private PostgreSqlEventFilter _filter = null!;
    private PostgreSqlEventSearch? _search;
    private string? _sql;
    private string? _floorSql;

    protected override long? FindSource(string name) =>
        connection.ExecuteScalar<long?>("SELECT source_id FROM source WHERE name = @name", new { name });

    protected override IReadOnlyList<long> FindTypes(EventTypeFilter types) => PostgreSqlEventTypes.Matching(connection, types);

    protected override void Filter(long? source, IReadOnlyList<long>? types, long? except)
    {
        _filter = new PostgreSqlEventFilter(Query, source, types);
        if (except is { } own)
        {
            _filter.Require("e.source_id <> @own", "own", own);
        }
    }

    protected override long FindNewest() => connection.ExecuteScalar<long?>("SELECT max(sequence) FROM event") ?? 0;

    protected override long? FindFirst(long since) => connection.ExecuteScalar<long?>(
        "SELECT min(sequence) FROM (SELECT sequence FROM event "
        + "WHERE received_at >= @since ORDER BY received_at LIMIT @Disorder) AS first",
        new { since, Disorder });

    protected override long? FindLast(long until) => connection.ExecuteScalar<long?>(
        "SELECT max(sequence) FROM (SELECT sequence FROM event "
        + "WHERE received_at < @until ORDER BY received_at DESC LIMIT @Disorder) AS last",
        new { until, Disorder });

    protected override IReadOnlyCollection<long>? FindRare(SearchText text) =>
        (_search = new PostgreSqlEventSearch(connection, text)).FindRare();

    protected override void Narrow(SearchText text) => _search!.Narrow(_filter);

    protected override long FindFloor(long high, long window)
    {
        if (_filter.Partitions == 0)
        {
            return high - window;
        }

        var parameters = new DynamicParameters(_filter.Parameters);
        parameters.Add("high", high);
        parameters.Add("rows", Math.Max(1_000, window / _filter.Partitions));
        return connection.ExecuteScalar<long?>(_floorSql ??= _filter.FloorSql()!, parameters) ?? 0;
    }

    protected override List<StoredEvent> Find(long low, long high, int limit) => Find(_sql ??= _filter.Sql(), low, high, limit);

    protected override List<StoredEvent> FindAmong(IEnumerable<long> sequences, int limit) => Find(
        _filter.SqlAmong(string.Join(", ", sequences.Select(sequence => sequence.ToString(CultureInfo.InvariantCulture)))),
        0,
        long.MaxValue,
        limit);

    private List<StoredEvent> Find(string sql, long low, long high, int limit)
    {
        var parameters = new DynamicParameters(_filter.Parameters);
        parameters.Add("low", low);
        parameters.Add("high", high);
        parameters.Add("limit", limit);
        return connection.ReadRows(sql, parameters, EventRow.Read);
    }
}
