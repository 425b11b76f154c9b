using System.Globalization;
using Dapper;
using Npgsql;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>
/// A query for deliveries as SQL: an index that leads to few of them in order, and conditions on each.
/// </summary>
internal sealed class PostgreSqlDeliveryFilter
{
    private readonly List<string> _conditions = [];
    private readonly DynamicParameters _parameters = new();

    // Without a leading index, deliveries are read in order of their row ids.
    private string[] _partitions = [];

    private PostgreSqlDeliveryFilter()
    {
    }

    /// <summary>True if the row ids themselves lead: a range of row ids contains at most that many rows.</summary>
    public bool IsByRowId => _partitions.Length == 0;

    /// <returns><see langword="null"/> if nothing can match.</returns>
    public static PostgreSqlDeliveryFilter? Create(NpgsqlConnection connection, DeliveryQuery query)
    {
        var filter = new PostgreSqlDeliveryFilter();
        var requested = new EventTypeFilter(query.EventTypes);
        if (requested.IsSelective)
        {
            var types = PostgreSqlEventTypes.Matching(connection, requested);
            if (types.Count == 0)
            {
                return null;
            }

            filter._conditions.Add(
                $"(SELECT e.event_type_id FROM event e WHERE e.sequence = d.sequence) IN ({string.Join(", ", types.Select(Number))})");
        }
        else if (requested.IncludesEverything
            && connection.ExecuteScalar<long?>(
                "SELECT source_id FROM source WHERE name = @name", new { name = OperationalEvent.Source }) is { } own)
        {
            filter._conditions.Add($"(SELECT e.source_id FROM event e WHERE e.sequence = d.sequence) <> {Number(own)}");
        }

        if (query.Since is { } since)
        {
            filter.Require("d.created_at >= @since", "since", StoredTime.From(since));
        }

        if (query.Until is { } until)
        {
            filter.Require("d.created_at < @until", "until", StoredTime.From(until));
        }

        return filter.Lead(connection, query) ? filter : null;
    }

    /// <summary>
    /// Returns SQL for the lowest row id down to which no partition has more than <c>@rows</c> deliveries below
    /// <c>@high</c>.
    /// </summary>
    public string FloorSql() => $"SELECT max(floor) FROM ({string.Join(" UNION ALL ", _partitions.Select(partition =>
        "SELECT CASE WHEN count(*) = @rows THEN min(delivery_id) ELSE 0 END AS floor FROM ("
        + $"SELECT d.delivery_id FROM delivery d WHERE {partition} AND d.delivery_id < @high "
        + "ORDER BY d.delivery_id DESC LIMIT @rows) AS newest"))}) AS floors";

    /// <summary>
    /// Returns SQL for the newest matches from <c>@low</c> to below <c>@high</c>, at most <c>@limit</c>: their row ids.
    /// </summary>
    public string Sql() => $"SELECT delivery_id FROM ({string.Join(" UNION ALL ", Partitions.Select(partition =>
        $"SELECT * FROM (SELECT d.delivery_id FROM delivery d WHERE {All(partition)} ORDER BY d.delivery_id DESC LIMIT @limit) AS newest"))}"
        + ") AS found ORDER BY delivery_id DESC LIMIT @limit";

    /// <summary>Returns SQL for the newest matches among given row ids.</summary>
    public string SqlAmong(IEnumerable<long> keys) =>
        $"SELECT d.delivery_id FROM delivery d WHERE d.delivery_id IN ({string.Join(", ", keys.Select(Number))}) AND "
        + $"{All($"({string.Join(" OR ", Partitions)})")} ORDER BY d.delivery_id DESC LIMIT @limit";

    public DynamicParameters Parameters(long low, long high, long limit, long rows = 0)
    {
        var parameters = new DynamicParameters(_parameters);
        parameters.Add("low", low);
        parameters.Add("high", high);
        parameters.Add("limit", limit);
        parameters.Add("rows", rows);
        return parameters;
    }

    private string[] Partitions => IsByRowId ? ["true"] : _partitions;

    private bool Lead(NpgsqlConnection connection, DeliveryQuery query)
    {
        long? endpoint = null, sequence = null;
        if (query.EndpointId is { } endpointId)
        {
            endpoint = connection.ExecuteScalar<long?>(
                "SELECT endpoint_id FROM endpoint WHERE id = @id", new { id = endpointId });
        }

        if (query.EventId is { } eventId)
        {
            sequence = connection.ExecuteScalar<long?>(
                "SELECT sequence FROM event WHERE id = @id", new { id = eventId });
        }

        if ((query.EndpointId is not null && endpoint is null) || (query.EventId is not null && sequence is null))
        {
            return false;
        }

        var ofEndpoint = endpoint is { } one ? $"d.endpoint_id = {Number(one)}" : null;
        if (sequence is { } stored)
        {
            _parameters.Add("sequence", stored);
            Use(["d.sequence = @sequence"]);
            if (query.State is { } only)
            {
                Also($"d.state = {Number((long)only)}");
            }

            Also(ofEndpoint);
            return true;
        }

        switch (query.State)
        {
            case DeliveryState.DeadLettered when ofEndpoint is not null:
                Use([$"d.state = 3 AND {ofEndpoint}"]);
                return true;
            case DeliveryState.DeadLettered or DeliveryState.Discarded:
                // With the condition of the index, which the planner otherwise might not recognise.
                Use([$"d.state > 2 AND d.state = {Number((long)query.State)}"]);
                Also(ofEndpoint);
                return true;
            case { } state:
                Also($"d.state = {Number((long)state)}");
                break;
            default:
                break;
        }

        if (ofEndpoint is not null)
        {
            Use([ofEndpoint]);
        }

        return true;
    }

    private void Use(string[] partitions) => _partitions = partitions;

    private void Also(string? condition)
    {
        if (condition is not null)
        {
            _conditions.Add(condition);
        }
    }

    private void Require(string condition, string name, object value)
    {
        _conditions.Add(condition);
        _parameters.Add(name, value);
    }

    private string All(string partition) => string.Join(
        " AND ", _conditions.Prepend("d.delivery_id >= @low AND d.delivery_id < @high").Prepend(partition));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
