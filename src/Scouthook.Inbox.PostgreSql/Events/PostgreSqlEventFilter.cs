using System.Globalization;
using System.Text;
using Dapper;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>A query as SQL: conditions on a row, and the index that leads to the fewest rows.</summary>
internal sealed class PostgreSqlEventFilter
{
    private const int MaxTypesByIndex = 40;

    private readonly List<string> _conditions = [];
    private readonly List<string> _partitions = [];

    /// <param name="query">The query.</param>
    /// <param name="sourceId">The id of the requested source.</param>
    /// <param name="typeIds">The ids of the event types that match; <see langword="null"/>: all do.</param>
    public PostgreSqlEventFilter(EventQuery query, long? sourceId, IReadOnlyList<long>? typeIds)
    {
        // From the least to the most selective: the last index named leads.
        if (sourceId is { } source)
        {
            Lead([$"e.source_id = {Parameter("source", source)}"]);
        }

        if (query.MailboxId is { } mailbox)
        {
            Lead([$"e.mailbox_id = {Parameter("mailbox", mailbox)}"]);
        }

        if (typeIds is { Count: <= MaxTypesByIndex })
        {
            Lead([.. typeIds.Select(id => $"e.event_type_id = {Number(id)}")]);
        }
        else if (typeIds is not null)
        {
            _conditions.Add($"e.event_type_id IN ({string.Join(", ", typeIds.Select(Number))})");
        }

        if (query.State is { } state)
        {
            // Nearly every event is ok: an index for those would not narrow the search.
            if (state is Events.EventState.Ok)
            {
                _conditions.Add("e.state = 0");
            }
            else
            {
                // With the condition of the index, which the planner otherwise might not recognise.
                Lead([$"e.state <> 0 AND e.state = {Number((long)state)}"]);
            }
        }

        if (query.Resource is { } resource)
        {
            Lead(
                [
                    $"e.resource_kind = {Number((long)resource.Kind)} AND e.resource_id = "
                    + Parameter("resource", PostgreSqlResource.IdOf(resource)),
                ]);
        }

        if (query.DeliveryState is { } delivery)
        {
            // The range again, since the planner does not carry it over: it would read all deliveries to find the few in this state.
            _conditions.Add(
                "EXISTS (SELECT 1 FROM delivery d WHERE d.sequence = e.sequence AND d.sequence >= @low AND d.sequence < @high AND "
                + delivery switch
                {
                    DeliveryState.Pending => "d.state IN (0, 1))",
                    DeliveryState.DeadLettered => "d.state = 3 AND d.replaced_by IS NULL)",
                    _ => $"d.state = {Number((long)delivery)})",
                });
        }

        if (query.Since is { } since)
        {
            _conditions.Add($"e.received_at >= {Parameter("since", StoredTime.From(since))}");
        }

        if (query.Until is { } until)
        {
            _conditions.Add($"e.received_at < {Parameter("until", StoredTime.From(until))}");
        }
    }

    public DynamicParameters Parameters { get; } = new();

    /// <summary>How many ranges of the leading index are merged; 0: no index leads.</summary>
    public int Partitions => _partitions.Count;

    public void Require(string condition, string parameter, object value)
    {
        _conditions.Add(condition);
        Parameters.Add(parameter, value);
    }

    /// <summary>
    /// Returns SQL for the newest matches among the sequences from <c>@low</c> to below <c>@high</c>, at most
    /// <c>@limit</c>.
    /// </summary>
    public string Sql()
    {
        var sql = new StringBuilder();
        sql.Append(CultureInfo.InvariantCulture, $"{PostgreSqlEventRow.Select} WHERE ");
        if (_partitions.Count == 0)
        {
            sql.Append(InWindow([]));
        }
        else
        {
            // As an array, since a join could read all events beside them.
            sql.Append("e.sequence = ANY (ARRAY(").AppendJoin(" UNION ALL ", _partitions.Select(Newest)).Append("))");
        }

        return sql.Append(" ORDER BY e.sequence DESC LIMIT @limit").ToString();
    }

    /// <summary>
    /// Returns SQL for the lowest sequence down to which no partition of the index has more than <c>@rows</c> events
    /// below <c>@high</c>; <see langword="null"/> if no index leads.
    /// </summary>
    public string? FloorSql() => _partitions.Count == 0 ? null : $"SELECT max(floor) FROM ({string.Join(" UNION ALL ", _partitions.Select(partition =>
        "SELECT CASE WHEN count(*) = @rows THEN min(sequence) ELSE 0 END AS floor FROM ("
        + $"SELECT e.sequence FROM event e WHERE {partition} AND e.sequence < @high "
        + "ORDER BY e.sequence DESC LIMIT @rows) AS newest"))}) AS floors";

    /// <summary>Returns SQL for the matches among given sequences.</summary>
    public string SqlAmong(string sequences) =>
        $"{PostgreSqlEventRow.Select} WHERE e.sequence IN ({sequences}) AND "
        + InWindow(_partitions.Count == 0 ? [] : [$"({string.Join(" OR ", _partitions)})"])
        + " ORDER BY e.sequence DESC LIMIT @limit";

    private string Newest(string partition) =>
        $"SELECT sequence FROM (SELECT e.sequence FROM event e WHERE {InWindow([partition])} "
        + "ORDER BY e.sequence DESC LIMIT @limit) AS newest";

    private string InWindow(IEnumerable<string> also) =>
        string.Join(" AND ", also.Concat(_conditions).Prepend("e.sequence >= @low AND e.sequence < @high"));

    /// <summary>Makes an index lead; the previous one becomes a plain condition.</summary>
    private void Lead(string[] partitions)
    {
        if (_partitions.Count > 0)
        {
            _conditions.Add($"({string.Join(" OR ", _partitions)})");
            _partitions.Clear();
        }

        _partitions.AddRange(partitions);
    }

    private string Parameter(string name, object value)
    {
        Parameters.Add(name, value);
        return $"@{name}";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
