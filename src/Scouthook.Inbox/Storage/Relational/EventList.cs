using System.Globalization;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>Reads one page of events, newest first, at a bounded cost. A store adds the statements.</summary>
/// <remarks>
/// An index leads to the events of one type, inbox or resource in the right order, but no set of indexes covers every
/// combination of filters. So the store is searched in windows of sequences, each larger than the one before, until the
/// page is full or the time for a page is used up. Then the page ends early and returns where to continue.
/// </remarks>
/// <param name="query">The query.</param>
/// <param name="timeProvider">Measures the time for a page.</param>
internal abstract class EventList(EventQuery query, TimeProvider timeProvider)
{
    /// <summary>
    /// The number of neighbours that time bounds are taken over: requests that are committed together were not received in
    /// exactly the order of their sequences, and clocks are adjusted. The instants themselves are compared row by row.
    /// </summary>
    protected const long Disorder = 20_000;

    private const long FirstWindow = 20_000;
    private const int Chunk = 200;

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(25);

    private readonly long _started = timeProvider.GetTimestamp();
    private readonly List<StoredEvent> _found = [];

    protected EventQuery Query => query;

    public Page<StoredEvent> Read()
    {
        var before = PositionCursor.Read(query.Cursor) ?? long.MaxValue;
        if (!TryFilter())
        {
            return new Page<StoredEvent>([], null);
        }

        var (bottom, top) = Bounds(before);
        if (query.Text?.Trim() is not { Length: > 0 } trimmed)
        {
            return Scan(bottom, top);
        }

        // The beginning of a title that many have is soon found among the newest events; a rare one, by the terms.
        var text = new SearchText(trimmed, query.AsViewer);
        if (FindRare(text) is { } sequences)
        {
            return Pick(text, [.. sequences.Where(sequence => sequence >= bottom && sequence < top)]);
        }

        Narrow(text);
        return Scan(bottom, top, text.Matches);
    }

    protected abstract long? FindSource(string name);

    protected abstract IReadOnlyList<long> FindTypes(EventTypeFilter types);

    /// <summary>Sets the filter of all later statements.</summary>
    /// <param name="source">The requested source.</param>
    /// <param name="types">The event types that match; <see langword="null"/>: all do.</param>
    /// <param name="except">A source whose events are left out.</param>
    protected abstract void Filter(long? source, IReadOnlyList<long>? types, long? except);

    protected abstract long FindNewest();

    /// <returns>The lowest sequence among the first events received since an instant.</returns>
    protected abstract long? FindFirst(long since);

    /// <returns>The highest sequence among the last events received before an instant.</returns>
    protected abstract long? FindLast(long until);

    /// <returns>The sequences of all possible matches, or <see langword="null"/> if there are too many.</returns>
    protected abstract IReadOnlyCollection<long>? FindRare(SearchText text);

    /// <summary>Lets the database skip most rows that do not match a text.</summary>
    protected abstract void Narrow(SearchText text);

    /// <summary>
    /// Returns how far down a step may go: few rows of an index may be spread over many sequences, or close together.
    /// </summary>
    protected abstract long FindFloor(long high, long window);

    /// <summary>Returns whether a page may end early at a sequence.</summary>
    protected virtual bool MayEndAt(long sequence) => true;

    /// <returns>The newest matches from one sequence to below another.</returns>
    protected abstract List<StoredEvent> Find(long low, long high, int limit);

    protected abstract List<StoredEvent> FindAmong(IEnumerable<long> sequences, int limit);

    private Page<StoredEvent> Scan(long bottom, long top, Func<StoredEvent, bool>? matches = null)
    {
        var window = FirstWindow;
        for (var high = top; high > bottom;)
        {
            var started = timeProvider.GetTimestamp();
            var low = Math.Max(bottom, FindFloor(high, window));
            var wanted = query.Limit + 1 - _found.Count;
            var some = Find(low, high, wanted);
            _found.AddRange(matches is null ? some : some.Where(matches));
            if (_found.Count > query.Limit)
            {
                break;
            }

            // A window that returned the maximum, some of which did not match, is not yet fully searched.
            high = some.Count == wanted ? some[^1].Sequence : low;
            if (high > bottom && MayEndAt(high) && timeProvider.GetElapsedTime(_started) > Budget)
            {
                return new Page<StoredEvent>(_found, PositionCursor.Write(high));
            }

            window = timeProvider.GetElapsedTime(started) < Budget / 8 ? window * 4 : window;
        }

        return Page();
    }

    /// <summary>Returns the newest matches among some sequences.</summary>
    private Page<StoredEvent> Pick(SearchText text, long[] sequences)
    {
        Array.Sort(sequences, (left, right) => right.CompareTo(left));
        foreach (var some in sequences.Chunk(Chunk))
        {
            // All of them: not every event of a resource has the text by which its resource was found.
            _found.AddRange(FindAmong(some, Chunk).Where(text.Matches).Take(query.Limit + 1 - _found.Count));
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

    private bool TryFilter()
    {
        long? source = null;
        if (query.Source is { } name && (source = FindSource(name)) is null)
        {
            return false;
        }

        IReadOnlyList<long>? typeIds = null;
        var types = new EventTypeFilter(query.EventTypes);
        if (types.IsSelective && (typeIds = FindTypes(types)).Count == 0)
        {
            return false;
        }

        if (query.Resource is { Kind: not ResourceKind.Chat } resource
            && !long.TryParse(resource.Id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            return false;
        }

        Filter(source, typeIds, types.ShowsOperational(query.Source) ? null : FindSource(OperationalEvent.Source));
        return true;
    }

    /// <summary>Returns the sequences between which all results are.</summary>
    private (long Bottom, long Top) Bounds(long before)
    {
        var bottom = 1L;
        var top = Math.Min(FindNewest(), before - 1) + 1;
        if (query.Since is { } since)
        {
            bottom = FindFirst(StoredTime.From(since)) ?? top;
        }

        if (query.Until is { } until)
        {
            top = Math.Min(top, 1 + (FindLast(StoredTime.From(until)) ?? bottom - 1));
        }

        return (bottom, top);
    }
}
