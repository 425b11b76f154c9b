using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The outcomes stored last, which a crash of the server may have undone: their commits did not wait for the disk.</summary>
/// <remarks>
/// Without them, such a delivery would stay leased until its lease expires, and the next ones of its resource would wait for it.
/// </remarks>
internal sealed class PostgreSqlRecentOutcomes(TimeProvider timeProvider)
{
    private const int Max = 10_000;

    /// <summary>Some times longer than the server leaves a commit unwritten: three times its <c>wal_writer_delay</c> of 0.2 s.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Queue<(long At, Settlement Settlement)> _recent = new();

    /// <summary>Adds an outcome that was stored.</summary>
    /// <param name="settlement">The outcome.</param>
    /// <param name="forgets">Whether older ones are dropped: no connection was lost since they were checked.</param>
    public void Add(Settlement settlement, bool forgets)
    {
        // The body is not needed, and may be large.
        var small = settlement with { Lease = settlement.Lease with { Body = [], Headers = "" } };
        lock (_gate)
        {
            _recent.Enqueue((timeProvider.GetTimestamp(), small));
            while (_recent.Count > Max || (forgets && timeProvider.GetElapsedTime(_recent.Peek().At) > Kept))
            {
                _recent.Dequeue();
            }
        }
    }

    /// <summary>Returns all, oldest first.</summary>
    public IReadOnlyList<Settlement> ToList()
    {
        lock (_gate)
        {
            return [.. _recent.Select(recent => recent.Settlement)];
        }
    }
}
