using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>Reads one page of deliveries, newest first, at a bounded cost. A store adds the statements.</summary>
/// <remarks>
/// An index leads to the deliveries of an event, an endpoint or a rare state, and further conditions are checked on
/// each. A step checks a bounded number of them, however they are spread; when the time for a page is used up, it ends
/// early and returns where to continue. Few deliveries are pending as a rule, so their small indexes are tried first.
/// </remarks>
/// <param name="query">The query.</param>
/// <param name="timeProvider">Measures the time for a page.</param>
internal abstract class DeliveryList(DeliveryQuery query, TimeProvider timeProvider)
{
    private const long FirstStep = 4_000;
    private const int MaxRare = 2_000;

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(25);

    private readonly long _started = timeProvider.GetTimestamp();
    private readonly List<long> _found = [];

    protected DeliveryQuery Query => query;

    public Page<Delivery> Read()
    {
        var before = PositionCursor.Read(query.Cursor) ?? long.MaxValue;
        if (!TryFilter())
        {
            return new Page<Delivery>([], null);
        }

        if (query.EventId is not null)
        {
            // An event has few: a page needs no steps.
            _found.AddRange(Find(0, before, query.Limit + 1));
            return Page(null);
        }

        var top = Math.Min(FindNewest(), before - 1) + 1;
        if (FindRare(MaxRare + 1) is { Count: <= MaxRare } rare)
        {
            if (rare.Count > 0)
            {
                _found.AddRange(FindAmong(rare, top, query.Limit + 1));
            }

            return Page(null);
        }

        return Page(Scan(top));
    }

    /// <returns><see langword="false"/> if nothing can match.</returns>
    protected abstract bool TryFilter();

    protected abstract long FindNewest();

    /// <returns>All pending or leased deliveries; <see langword="null"/> if other ones are requested.</returns>
    protected abstract List<long>? FindRare(int limit);

    /// <summary>Returns how far down a step may go that checks some rows of the index.</summary>
    protected abstract long FindFloor(long high, long rows);

    protected abstract IEnumerable<long> Find(long low, long high, int limit);

    protected abstract IEnumerable<long> FindAmong(IReadOnlyList<long> keys, long high, int limit);

    protected abstract Dictionary<long, Delivery> Read(IReadOnlyList<long> keys);

    /// <returns>Where to continue; <see langword="null"/> if everything was searched or the page is full.</returns>
    private long? Scan(long top)
    {
        var step = FirstStep;
        for (var high = top; high > 1;)
        {
            var started = timeProvider.GetTimestamp();
            var low = Math.Max(1, FindFloor(high, step));
            _found.AddRange(Find(low, high, query.Limit + 1 - _found.Count));
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

    private Page<Delivery> Page(long? next)
    {
        var keys = _found.Take(query.Limit).ToList();
        var rows = Read(keys);
        var last = _found.Count > query.Limit ? keys[^1] : next;
        return new Page<Delivery>(
            [.. keys.Where(rows.ContainsKey).Select(key => rows[key])], last is { } position ? PositionCursor.Write(position) : null);
    }
}
