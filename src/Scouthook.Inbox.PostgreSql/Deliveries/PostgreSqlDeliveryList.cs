using Dapper;
using Npgsql;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Reads one page of deliveries, newest first, at a bounded cost.</summary>
/// <remarks>
/// An index leads to the deliveries of an event, an endpoint or a rare state, and further conditions are checked on
/// each. A step checks a bounded number of them, however they are spread; when the time for a page is used up, it ends
/// early and returns where to continue. Few deliveries are pending as a rule, so their small indexes are tried first.
/// </remarks>
internal sealed class PostgreSqlDeliveryList(
    NpgsqlConnection connection, DeliveryQuery query, TimeProvider timeProvider, TimeSpan offset)
{
    private const long FirstStep = 4_000;
    private const int MaxRare = 2_000;

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(25);

    private readonly long _started = timeProvider.GetTimestamp();
    private readonly List<long> _found = [];

    public Page<Delivery> Read()
    {
        var before = PositionCursor.Read(query.Cursor) ?? long.MaxValue;
        if (PostgreSqlDeliveryFilter.Create(connection, query) is not { } filter)
        {
            return new Page<Delivery>([], null);
        }

        var newest = connection.ExecuteScalar<long?>("SELECT max(delivery_id) FROM delivery") ?? 0;
        var top = Math.Min(newest, before - 1) + 1;
        if (FindRare() is { } rare)
        {
            if (rare.Count == 0)
            {
                // PostgreSQL has no empty list in SQL.
                return new Page<Delivery>([], null);
            }

            _found.AddRange(connection.Query<long>(filter.SqlAmong(rare), filter.Parameters(0, top, query.Limit + 1)));
            return Page(null);
        }

        return Page(Scan(filter, top));
    }

    /// <returns>Where to continue; <see langword="null"/> if everything was searched or the page is full.</returns>
    private long? Scan(PostgreSqlDeliveryFilter filter, long top)
    {
        var sql = filter.Sql();
        var floorSql = filter.IsByRowId ? null : filter.FloorSql();
        var step = FirstStep;
        for (var high = top; high > 1;)
        {
            var started = timeProvider.GetTimestamp();
            var low = floorSql is null
                ? Math.Max(1, high - step)
                : Math.Max(1, connection.ExecuteScalar<long?>(floorSql, filter.Parameters(0, high, 0, step)) ?? 0);
            _found.AddRange(connection.Query<long>(sql, filter.Parameters(low, high, query.Limit + 1 - _found.Count)));
            if (_found.Count > query.Limit)
            {
                return null;
            }

            high = low;
            if (high > 1 && timeProvider.GetElapsedTime(_started) > Budget)
            {
                return high;
            }

            step = timeProvider.GetElapsedTime(started) < Budget / 8 ? step * 4 : step;
        }

        return null;
    }

    /// <summary>
    /// Returns all pending and leased deliveries, or <see langword="null"/> if they are many or not requested.
    /// </summary>
    private List<long>? FindRare()
    {
        if (query.EventId is not null)
        {
            return null;
        }

        var sql = query.State switch
        {
            DeliveryState.Pending when query.EndpointId is null =>
                "SELECT delivery_id FROM delivery WHERE holds LIMIT @limit",
            DeliveryState.Pending =>
                """
                SELECT delivery_id FROM delivery
                WHERE holds AND endpoint_id = (SELECT endpoint_id FROM endpoint WHERE id = @endpoint) LIMIT @limit
                """,
            DeliveryState.Leased => "SELECT delivery_id FROM delivery WHERE state = 1 LIMIT @limit",
            _ => null,
        };
        if (sql is null)
        {
            return null;
        }

        var keys = connection.Query<long>(
            sql, new { endpoint = query.EndpointId, limit = MaxRare + 1 }).AsList();
        return keys.Count <= MaxRare ? keys : null;
    }

    private Page<Delivery> Page(long? next)
    {
        var keys = _found.Take(query.Limit).ToList();
        var rows = PostgreSqlDeliveryHistory.Find(connection, keys, null, offset);
        var last = _found.Count > query.Limit ? keys[^1] : next;
        return new Page<Delivery>(
            [.. keys.Where(rows.ContainsKey).Select(key => rows[key])], last is { } position ? PositionCursor.Write(position) : null);
    }
}
