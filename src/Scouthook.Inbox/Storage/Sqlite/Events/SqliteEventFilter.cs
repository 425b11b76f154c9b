using System.Globalization;
using System.Text;
using Dapper;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>A query as SQL: conditions on a row, and the index that leads to the fewest rows.</summary>
internal sealed class SqliteEventFilter
{
    private const int MaxTypesByIndex = 40;

    private readonly List<string> _conditions = [];
    private readonly List<string> _partitions = [];
    private string _index = "";
    private bool _isWrittenLater;

    /// <param name="query">The query.</param>
    /// <param name="sourceId">The id of the requested source.</param>
    /// <param name="typeIds">The ids of the event types that match; <see langword="null"/>: all do.</param>
    public SqliteEventFilter(EventQuery query, long? sourceId, IReadOnlyList<long>? typeIds)
    {
        // From the least to the most selective: the last index named leads.
        if (sourceId is { } source)
        {
            Lead("event_by_source", [$"e.source_id = {Parameter("source", source)}"]);
        }

        if (query.MailboxId is { } mailbox)
        {
            Lead("event_by_mailbox", [$"e.mailbox_id = {Parameter("mailbox", mailbox)}"]);
        }

        if (typeIds is { Count: <= MaxTypesByIndex })
        {
            Lead("event_by_type", [.. typeIds.Select(id => $"e.event_type_id = {Number(id)}")]);
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
                // In the exact terms of the index, which SQLite otherwise does not recognise as covering the one state.
                Lead("event_by_state", [$"e.state <> 0 AND e.state = {Number((long)state)}"], isWrittenLater: false);
            }
        }

        if (query.Resource is { } resource)
        {
            Lead(
                "event_by_resource",
                [
                    $"e.resource_kind = {Number((long)resource.Kind)} AND e.resource_id = "
                    + Parameter("resource", SqliteResource.IdValue(resource)),
                ]);
        }

        if (query.DeliveryState is { } delivery)
        {
            _conditions.Add(
                "EXISTS (SELECT 1 FROM delivery d INDEXED BY delivery_by_event WHERE d.sequence = e.sequence AND "
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

    /// <summary>True if the leading index does not contain the newest events yet.</summary>
    public bool HasTail => _partitions.Count > 0 && _isWrittenLater;

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
        sql.Append(CultureInfo.InvariantCulture, $"{SqliteEventRow.Select} WHERE ");
        if (_partitions.Count == 0)
        {
            sql.Append(InWindow(["1"]));
        }
        else
        {
            sql.Append("e.sequence IN (").AppendJoin(" UNION ALL ", _partitions.Select(Newest)).Append(')');
        }

        return sql.Append(" ORDER BY e.sequence DESC LIMIT @limit").ToString();
    }

    /// <summary>Returns the same without the index.</summary>
    public string TailSql() => Matching("");

    /// <summary>
    /// Returns SQL for the lowest sequence down to which no partition of the index has more than <c>@rows</c> events
    /// below <c>@high</c>; <see langword="null"/> if no index leads.
    /// </summary>
    public string? FloorSql() => _partitions.Count == 0 ? null : $"SELECT max(floor) FROM ({string.Join(" UNION ALL ", _partitions.Select(partition =>
        "SELECT CASE WHEN count(*) = @rows THEN min(sequence) ELSE 0 END AS floor FROM ("
        + $"SELECT e.sequence FROM event e INDEXED BY {_index} WHERE {Indexed(partition)} AND e.sequence < @high "
        + "ORDER BY e.sequence DESC LIMIT @rows)"))})";

    /// <summary>Returns SQL for the matches among given sequences.</summary>
    public string SqlAmong(string sequences) => Matching($"e.sequence IN ({sequences}) AND ");

    private string Matching(string first) =>
        $"{SqliteEventRow.Select} WHERE {first}"
        + InWindow(_partitions.Count == 0 ? [] : [$"({string.Join(" OR ", _partitions)})"])
        + " ORDER BY e.sequence DESC LIMIT @limit";

    private string Newest(string partition) =>
        $"SELECT sequence FROM (SELECT e.sequence FROM event e INDEXED BY {_index} WHERE {InWindow([Indexed(partition)])} "
        + "ORDER BY e.sequence DESC LIMIT @limit)";

    private string Indexed(string partition) => _isWrittenLater ? $"e.{SqliteLaterIndexes.Contain} AND {partition}" : partition;

    private string InWindow(IEnumerable<string> also) =>
        string.Join(" AND ", also.Concat(_conditions).Prepend("e.sequence >= @low AND e.sequence < @high"));

    /// <summary>Makes an index lead; the previous one becomes a plain condition.</summary>
    private void Lead(string index, string[] partitions, bool isWrittenLater = true)
    {
        if (_partitions.Count > 0)
        {
            _conditions.Add($"({string.Join(" OR ", _partitions)})");
            _partitions.Clear();
        }

        (_index, _isWrittenLater) = (index, isWrittenLater);
        _partitions.AddRange(partitions);
    }

    private string Parameter(string name, object value)
    {
        Parameters.Add(name, value);
        return $"@{name}";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
