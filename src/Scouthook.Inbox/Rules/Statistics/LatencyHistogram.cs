using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>Counts durations in fixed bins of logarithmic width, from which percentiles are estimated.</summary>
/// <remarks>
/// <para>Every histogram has the same bins, so any two can be merged, and a percentile of the merged one is as exact as
/// that of each. The bounds are 0.125 ms × 2^(k/4), up to 83 days, and a bin stands for its geometric middle: an
/// estimate differs from the real value by at most 9.1 %. Durations up to 0.125 ms share the first bin, and those
/// beyond the last bound the last one.</para>
/// <para>The numbers of the bins are stored: the bounds must not change.</para>
/// </remarks>
internal sealed class LatencyHistogram
{
    public const int Bins = 144;

    private const double LowestMs = 0.125;
    private const int BinsPerDoubling = 4;

    private readonly long[] _counts = new long[Bins];

    /// <summary>How many durations were counted.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a duration. A negative one, which only a step of the wall clock causes, counts as zero.</summary>
    public void Add(TimeSpan duration) => Add(BinOf(duration), 1);

    /// <summary>Adds everything that another histogram has counted.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var bin = 0; bin < Bins; bin++)
        {
            Add(bin, other._counts[bin]);
        }
    }

    /// <summary>Adds everything that a stored histogram has counted.</summary>
    /// <exception cref="FormatException">The bytes are not a histogram.</exception>
    public void Add(ReadOnlySpan<byte> stored)
    {
        while (!stored.IsEmpty)
        {
            var bin = stored[0];
            stored = stored[1..];
            var count = 0L;
            for (var shift = 0; ; shift += 7)
            {
                if (stored.IsEmpty || shift > 56 || bin >= Bins)
                {
                    throw new FormatException("The stored latencies are not a histogram.");
                }

                var next = stored[0];
                stored = stored[1..];
                count |= (long)(next & 0x7F) << shift;
                if (next < 0x80)
                {
                    break;
                }
            }

            Add(bin, count);
        }
    }

    /// <summary>Returns the stored form: of each bin that is not empty, its number and its count as a varint.</summary>
    public byte[] ToBytes()
    {
        var bytes = new List<byte>();
        for (var bin = 0; bin < Bins; bin++)
        {
            if (_counts[bin] == 0)
            {
                continue;
            }

            bytes.Add((byte)bin);
            var count = (ulong)_counts[bin];
            for (; count >= 0x80; count >>= 7)
            {
                bytes.Add((byte)((count & 0x7F) | 0x80));
            }

            bytes.Add((byte)count);
        }

        return [.. bytes];
    }

    /// <summary>Estimates the duration that a share of the counted ones does not exceed.</summary>
    /// <param name="share">The share, such as 0.99.</param>
    /// <returns><see langword="null"/> if nothing was counted.</returns>
    public TimeSpan? Percentile(double share)
    {
        if (Count == 0)
        {
            return null;
        }

        var rank = Math.Clamp((long)Math.Ceiling(share * Count), 1, Count);
        var bin = 0;
        for (var passed = _counts[0]; passed < rank; passed += _counts[bin])
        {
            bin++;
        }

        return TimeSpan.FromMilliseconds(bin == 0 ? LowestMs : LowestMs * Math.Pow(2, (bin - 0.5) / BinsPerDoubling));
    }

    public StatisticsSnapshot.Latency Summarize() => new(Count, Percentile(0.5), Percentile(0.99));

    private static int BinOf(TimeSpan duration) => duration.TotalMilliseconds <= LowestMs
        ? 0
        : Math.Min(Bins - 1, (int)Math.Ceiling(BinsPerDoubling * Math.Log2(duration.TotalMilliseconds / LowestMs)));

    private void Add(int bin, long count)
    {
        _counts[bin] += count;
        Count += count;
    }
}
