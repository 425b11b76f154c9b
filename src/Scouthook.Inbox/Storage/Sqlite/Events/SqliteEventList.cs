using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Reads one page of events of a SQLite file.</summary>
/// <param name="connection">The connection.</param>
/// <param name="query">The query.</param>
/// <param name="timeProvider">Measures the time for a page.</param>
/// <param name="newest">The newest event to list.</param>
internal sealed class SqliteEventList(SqliteConnection connection, EventQuery query, TimeProvider timeProvider, long newest)
    : EventList(query, timeProvider)
{
    private SqliteEventFilter _filter = null!;
    private SqliteEventSearch? _search;
    private string? _sql;
    private string? _floorSql;
    private long _tail;

    protected override long? FindSource(string name) =>
        connection.ExecuteScalar<long?>("SELECT source_id FROM source WHERE name = @name", new { name });

    protected override IReadOnlyList<long> FindTypes(EventTypeFilter types) => SqliteEventTypes.Matching(connection, types);

    protected override void Filter(long? source, IReadOnlyList<long>? types, long? except)
    {
        _filter = new SqliteEventFilter(Query, source, types);
        if (except is { } own)
        {
            _filter.Require("e.source_id <> @own", "own", own);
        }

        _tail = _filter.HasTail ? connection.ExecuteScalar<long>(SqliteLaterIndexes.Through) + 1 : long.MaxValue;
    }

    protected override long FindNewest() => newest;

    protected override long? FindFirst(long since) => connection.ExecuteScalar<long?>(SqliteReceipts.First, new { time = since });

    protected override long? FindLast(long until) => connection.ExecuteScalar<long?>(SqliteReceipts.Last, new { time = until });

    protected override IReadOnlyCollection<long>? FindRare(SearchText text) =>
        (_search = new SqliteEventSearch(connection, text)).FindRare();

    protected override void Narrow(SearchText text) => _search!.Narrow(_filter);

    protected override long FindFloor(long high, long window)
    {
        if (_filter.Partitions == 0)
        {
            return high - window;
        }

        if (high > _tail)
        {
            return _tail;
        }

        var parameters = new DynamicParameters(_filter.Parameters);
        parameters.Add("high", high);
        parameters.Add("rows", Math.Max(1_000, window / _filter.Partitions));
        return connection.ExecuteScalar<long?>(_floorSql ??= _filter.FloorSql()!, parameters) ?? 0;
    }

    // The tail has none of most types, and a page should not be empty where the index has some.
    protected override bool MayEndAt(long sequence) => sequence != _tail;

    protected override List<StoredEvent> Find(long low, long high, int limit) =>
        Find(low >= _tail ? _filter.TailSql() : _sql ??= _filter.Sql(), low, high, limit);

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
