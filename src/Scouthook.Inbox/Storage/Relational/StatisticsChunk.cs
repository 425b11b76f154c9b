using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>Part of the change log, counted in memory, to be added to the counts in one transaction.</summary>
/// <remarks>
/// It is read beside the writer, so that only the sums take its time. The position moves in the transaction that adds
/// them: after a crash at any moment the same part is read again, or the next one.
/// </remarks>
internal sealed class StatisticsChunk
{
    public const long MaxSize = 5_000;

    /// <summary>The row of <c>upkeep</c> that has the position.</summary>
    public const string PositionName = "changes_counted_through";

    /// <summary>The columns that <see cref="CountAttempt"/> reads.</summary>
    public const string AttemptColumns =
        """
        a.started_at, a.duration, a.outcome, d.endpoint_id, (d.state = 2 AND d.attempts = a.number AND a.outcome = 0),
          (d.replay_id IS NOT NULL), e.received_at, e.source_id, e.event_type_id, p.created_at
        """;

    private const int MaxCounts = 2_000;

    private StatisticsChunk(long from, long to, long last)
    {
        From = from;
        To = to;
        IsMoreToCount = to < last;
    }

    /// <summary>The position before it.</summary>
    public long From { get; }

    /// <summary>The position after it.</summary>
    public long To { get; }

    public bool IsMoreToCount { get; }

    /// <summary>The counts in each resolution, finest first.</summary>
    public IReadOnlyList<StatisticsCounts> Counts { get; } =
        [.. StatisticsResolution.All.Select(resolution => new StatisticsCounts(resolution))];

    /// <param name="from">The position reached.</param>
    /// <param name="last">The last position that may be counted.</param>
    /// <param name="size">How many changes to read; the next chunk starts with what was right for this one.</param>
    /// <param name="findEnd">Returns the end of some whole rows of the log; <see langword="null"/> if there is none.</param>
    /// <param name="read">Counts what the rows of a chunk stand for, in the finest resolution.</param>
    /// <returns><see langword="null"/> if everything has been counted.</returns>
    public static StatisticsChunk? Read(
        long from, long last, ref long size, Func<long, long?> findEnd, Action<StatisticsChunk> read)
    {
        // Spread over many buckets, few changes are many counts: then less at once, so that receiving is served in between.
        while (true)
        {
            if (findEnd(size) is not { } to)
            {
                return null;
            }

            var chunk = new StatisticsChunk(from, to, last);
            read(chunk);
            var counts = chunk.RollUp();
            if (size == 1 || counts <= MaxCounts)
            {
                size = counts <= MaxCounts / 2 ? Math.Min(2 * size, MaxSize) : size;
                return chunk;
            }

            // Half of what would be in proportion, as fewer changes share fewer buckets.
            size = Math.Max(1, size * MaxCounts / counts / 2);
        }
    }

    public void CountEvents(long minute, long source, long eventType, long state, long events) =>
        Counts[0].AddEvents(minute * 60_000_000, source, eventType, state, events);

    /// <summary>Counts an attempt.</summary>
    /// <param name="row">Has the <see cref="AttemptColumns"/>.</param>
    public void CountAttempt(IRow row)
    {
        var minutes = Counts[0];
        var (startedAt, duration, endpoint, receivedAt) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(3), row.GetInt64(6));
        var (delivers, isReplay, endpointSince) = (row.GetBoolean(4), row.GetBoolean(5), row.GetInt64(9));
        minutes.AddAttempts(startedAt, endpoint, row.GetInt64(2), 1, duration);
        minutes.LatenciesOf(startedAt, endpoint, LatencyKind.Attempt).Add(TimeSpan.FromMicroseconds(duration));
        if (!delivers)
        {
            return;
        }

        minutes.AddDelivered(startedAt, row.GetInt64(7), row.GetInt64(8), 1);
        if (!isReplay && receivedAt >= endpointSince)
        {
            minutes.LatenciesOf(startedAt, endpoint, LatencyKind.Delivery)
                .Add(TimeSpan.FromMicroseconds(startedAt + duration - receivedAt));
        }
    }

    /// <summary>Counts in the coarser resolutions, each from the one before.</summary>
    /// <returns>The number of rows to write.</returns>
    private int RollUp()
    {
        foreach (var (finer, coarser) in Counts.Zip(Counts.Skip(1)))
        {
            coarser.AddAll(finer);
        }

        return Counts.Sum(counts => counts.Rows);
    }
}
