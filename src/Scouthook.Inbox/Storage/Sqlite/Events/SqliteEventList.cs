using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Reads one page of events, newest first, at a bounded cost.</summary>
/// <remarks>
/// An index leads to the events of one type, inbox or resource in the right order, but no set of indexes covers every
/// combination of filters. So the store is searched in windows of sequences, each larger than the one before, until the
/// page is full or the time for a page is used up. Then the page ends early and returns where to continue.
/// </remarks>
/// <param name="connection">The connection.</param>
/// <param name="query">The query.</param>
/// <param name="timeProvider">Measures the time for a page.</param>
/// <param name="newest">The newest event to list.</param>
internal sealed class SqliteEventList(SqliteConnection connection, EventQuery query, TimeProvider timeProvider, long newest)
{
    private const long FirstWindow = 20_000;
    private const long Disorder = 20_000;

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(25);

    private readonly long _started = timeProvider.GetTimestamp();
    private readonly List<StoredEvent> _found = [];

    public Page<StoredEvent> Read()
    {
        var before = PositionCursor.Read(query.Cursor) ?? long.MaxValue;
        if (!TryMakeFilter(out var filter))
        {
            return new Page<StoredEvent>([], null);
        }

        var (bottom, top) = Bounds(before);
        if (query.Text?.Trim() is not { Length: > 0 } text)
        {
            return Scan(filter, bottom, top);
        }

        // The beginning of a title that many have is soon found among the newest events; a rare one, by the terms.
        var search = new SqliteEventSearch(connection, new SearchText(text, query.AsViewer));
        return search.FindRare() is { } sequences
            ? Pick(filter, search, [.. sequences.Where(sequence => sequence >= bottom && sequence < top)])
            : Scan(search.Narrow(filter), bottom, top, search.Text.Matches);
    }

    private Page<StoredEvent> Scan(
        SqliteEventFilter filter, long bottom, long top, Func<StoredEvent, bool>? matches = null)
    {
        var sql = filter.Sql();
        var floorSql = filter.FloorSql();
        var window = FirstWindow;
        for (var high = top; high > bottom;)
        {
            var started = timeProvider.GetTimestamp();
            var low = Math.Max(bottom, floorSql is null ? high - window : Floor(filter, floorSql, high, Math.Max(1_000, window / filter.Partitions)));
            var wanted = query.Limit + 1 - _found.Count;
            var rows = Rows(filter, sql, low, high, wanted);
            _found.AddRange(rows.Where(found => matches is null || matches(found)));
            if (_found.Count > query.Limit)
            {
                break;
            }

            // A window that returned the maximum, some of which did not match, is not yet fully searched.
            high = rows.Count == wanted ? rows[^1].Sequence : low;
            if (high > bottom && timeProvider.GetElapsedTime(_started) > Budget)
            {
                return new Page<StoredEvent>(_found, PositionCursor.Write(high));
            }

            window = timeProvider.GetElapsedTime(started) < Budget / 8 ? window * 4 : window;
        }

        return Page();
    }

    /// <summary>
    /// Returns how far down a step may go: few rows of an index may be spread over many sequences, or close together.
    /// </summary>
    private long Floor(SqliteEventFilter filter, string sql, long high, long rows)
    {
        var parameters = new DynamicParameters(filter.Parameters);
        parameters.Add("high", high);
        parameters.Add("rows", rows);
        return connection.ExecuteScalar<long?>(sql, parameters) ?? 0;
    }

    private List<StoredEvent> Rows(SqliteEventFilter filter, string sql, long low, long high, int limit)
    {
        var parameters = new DynamicParameters(filter.Parameters);
        parameters.Add("low", low);
        parameters.Add("high", high);
        parameters.Add("limit", limit);
        return connection.ReadRows(sql, parameters, EventRow.Read);
    }

    /// <summary>Returns the newest matches among some sequences.</summary>
    private Page<StoredEvent> Pick(SqliteEventFilter filter, SqliteEventSearch search, long[] sequences)
    {
        const int chunk = 200;
        Array.Sort(sequences, (left, right) => right.CompareTo(left));
        foreach (var some in sequences.Chunk(chunk))
        {
            var list = string.Join(", ", some.Select(sequence => sequence.ToString(CultureInfo.InvariantCulture)));
            var sql = filter.SqlAmong(list);

            // All of them: not every event of a resource has the text by which its resource was found.
            foreach (var found in Rows(filter, sql, 0, long.MaxValue, chunk))
            {
                if (search.Text.Matches(found) && _found.Count <= query.Limit)
                {
                    _found.Add(found);
                }
            }

            if (_found.Count > query.Limit)
            {
                break;
            }
        }

        return Page();
    }

    private Page<StoredEvent> Page() => _found.Count > query.Limit
        ? new Page<StoredEvent>(_found.GetRange(0, query.Limit), PositionCursor.Write(_found[query.Limit - 1].Sequence))
        : new Page<StoredEvent>(_found, null);

    private bool TryMakeFilter(out SqliteEventFilter filter)
    {
        filter = null!;
        long? sourceId = null;
        if (query.Source is { } source)
        {
            sourceId = connection.ExecuteScalar<long?>(
                "SELECT source_id FROM source WHERE name = @source", new { source });
            if (sourceId is null)
            {
                return false;
            }
        }

        IReadOnlyList<long>? typeIds = null;
        var types = new EventTypeFilter(query.EventTypes);
        if (types.IsSelective)
        {
            typeIds = SqliteEventTypes.Matching(connection, types);
            if (typeIds.Count == 0)
            {
                return false;
            }
        }

        if (query.Resource is { Kind: not ResourceKind.Chat } resource
            && !long.TryParse(resource.Id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            return false;
        }

        filter = new SqliteEventFilter(query, sourceId, typeIds);
        if (!types.ShowsOperational(query.Source)
            && connection.ExecuteScalar<long?>(
                "SELECT source_id FROM source WHERE name = @name", new { name = OperationalEvent.Source }) is { } own)
        {
            filter.Require("e.source_id <> @own", "own", own);
        }

        return true;
    }

    /// <summary>Returns the sequences between which all results are.</summary>
    /// <remarks>
    /// Requests that are committed together were not received in exactly the order of their sequences, and clocks are
    /// adjusted. So the bounds are taken over many neighbours, and the instants themselves are compared row by row.
    /// </remarks>
    private (long Bottom, long Top) Bounds(long before)
    {
        var bottom = 1L;
        var top = Math.Min(newest, before - 1) + 1;
        if (query.Since is { } since)
        {
            bottom = connection.ExecuteScalar<long?>(
                "SELECT min(sequence) FROM (SELECT sequence FROM event INDEXED BY event_by_receipt "
                + "WHERE received_at >= @since ORDER BY received_at LIMIT @Disorder)",
                new { since = SqliteTime.From(since), Disorder }) ?? top;
        }

        if (query.Until is { } until)
        {
            top = Math.Min(top, 1 + (connection.ExecuteScalar<long?>(
                "SELECT max(sequence) FROM (SELECT sequence FROM event INDEXED BY event_by_receipt "
                + "WHERE received_at < @until ORDER BY received_at DESC LIMIT @Disorder)",
                new { until = SqliteTime.From(until), Disorder }) ?? bottom - 1));
        }

        return (bottom, top);
    }
}
