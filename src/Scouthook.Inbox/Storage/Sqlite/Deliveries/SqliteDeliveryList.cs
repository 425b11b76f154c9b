using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Reads one page of deliveries of a SQLite file.</summary>
internal sealed class SqliteDeliveryList(
    SqliteConnection connection, DeliveryQuery query, TimeProvider timeProvider, TimeSpan offset, long durable = long.MaxValue)
    : DeliveryList(query, timeProvider)
{
    private SqliteDeliveryFilter _filter = null!;
    private string? _sql;
    private string? _floorSql;

    protected override bool TryFilter() => (_filter = SqliteDeliveryFilter.Create(connection, Query)!) is not null;

    protected override long FindNewest() =>
        Math.Min(durable, connection.ExecuteScalar<long?>("SELECT max(delivery_id) FROM delivery") ?? 0);

    protected override List<long>? FindRare(int limit)
    {
        var sql = Query.State switch
        {
            DeliveryState.Pending when Query.EndpointId is null =>
                "SELECT delivery_id FROM delivery INDEXED BY delivery_order WHERE holds = 1 LIMIT @limit",
            DeliveryState.Pending =>
                """
                SELECT delivery_id FROM delivery INDEXED BY delivery_order
                WHERE holds = 1 AND endpoint_id = (SELECT endpoint_id FROM endpoint WHERE id = @endpoint) LIMIT @limit
                """,
            DeliveryState.Leased => "SELECT delivery_id FROM delivery INDEXED BY delivery_leased WHERE state = 1 LIMIT @limit",
            _ => null,
        };
        return sql is null ? null : connection.Query<long>(sql, new { endpoint = Query.EndpointId?.ToByteArray(bigEndian: true), limit }).AsList();
    }

    protected override long FindFloor(long high, long rows) => _filter.IsByRowId
        ? high - rows
        : connection.ExecuteScalar<long?>(_floorSql ??= _filter.FloorSql(), _filter.Parameters(0, high, 0, rows)) ?? 0;

    protected override IEnumerable<long> Find(long low, long high, int limit) =>
        connection.Query<long>(_sql ??= _filter.Sql(), _filter.Parameters(low, high, limit));

    protected override IEnumerable<long> FindAmong(IReadOnlyList<long> keys, long high, int limit) =>
        connection.Query<long>(_filter.SqlAmong(keys), _filter.Parameters(0, high, limit));

    protected override Dictionary<long, Delivery> Read(IReadOnlyList<long> keys) =>
        SqliteDeliveryHistory.Find(connection, keys, null, offset);
}
