using Dapper;
using Npgsql;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Reads one page of deliveries of a PostgreSQL database.</summary>
internal sealed class PostgreSqlDeliveryList(
    NpgsqlConnection connection, DeliveryQuery query, TimeProvider timeProvider, TimeSpan offset)
    : DeliveryList(query, timeProvider)
{
    private PostgreSqlDeliveryFilter _filter = null!;
    private string? _sql;
    private string? _floorSql;

    protected override bool TryFilter() => (_filter = PostgreSqlDeliveryFilter.Create(connection, Query)!) is not null;

    protected override long FindNewest() =>
        connection.ExecuteScalar<long?>("SELECT max(delivery_id) FROM delivery") ?? 0;

    protected override List<long>? FindRare(int limit)
    {
        var sql = Query.State switch
        {
            DeliveryState.Pending when Query.EndpointId is null =>
                "SELECT delivery_id FROM delivery WHERE holds ORDER BY endpoint_id, ordering_key, delivery_id LIMIT @limit",
            DeliveryState.Pending =>
                """
                SELECT delivery_id FROM delivery
                WHERE holds AND endpoint_id = (SELECT endpoint_id FROM endpoint WHERE id = @endpoint) LIMIT @limit
                """,
            DeliveryState.Leased => "SELECT delivery_id FROM delivery WHERE state = 1 LIMIT @limit",
            _ => null,
        };
        return sql is null ? null : connection.Query<long>(sql, new { endpoint = Query.EndpointId, limit }).AsList();
    }

    protected override long FindFloor(long high, long rows) => _filter.IsByRowId
        ? high - rows
        : connection.ExecuteScalar<long?>(_floorSql ??= _filter.FloorSql(), _filter.Parameters(0, high, 0, rows)) ?? 0;

    protected override IEnumerable<long> Find(long low, long high, int limit) =>
        connection.Query<long>(_sql ??= _filter.Sql(), _filter.Parameters(low, high, limit));

    protected override IEnumerable<long> FindAmong(IReadOnlyList<long> keys, long high, int limit) =>
        connection.Query<long>(_filter.SqlAmong(keys), _filter.Parameters(0, high, limit));

    protected override Dictionary<long, Delivery> Read(IReadOnlyList<long> keys) =>
        PostgreSqlDeliveryHistory.Find(connection, keys, null, offset);
}
