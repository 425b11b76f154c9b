namespace Scouthook.Inbox.Delivering.Scheduling;

/// <summary>Decides how many deliveries a worker leases ahead of its free slots.</summary>
/// <remarks>
/// Enough for a tenth of a second, so that no slot waits for the store; not more, because nobody else can attempt what
/// is leased, and a slow endpoint would let leases expire. So an endpoint that takes seconds per attempt gets nothing
/// ahead. The memory for bodies is bounded as well. Time is monotonic.
/// </remarks>
internal sealed class LeaseDepth
{
    /// <summary>The maximum, in multiples of the attempts that may run at once.</summary>
    private const int PerSlot = 2;

    /// <summary>The maximum size of the bodies that wait.</summary>
    private const long MaxBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private TimeSpan _since;
    private int _finished;
    private int _finishedBefore;
    private long _largest;

    /// <summary>Notes that an attempt has finished.</summary>
    public void Finished() => Interlocked.Increment(ref _finished);

    /// <summary>Notes the size of the bodies leased last.</summary>
    public void Leased(long largestBody) => Volatile.Write(ref _largest, largestBody);

    /// <param name="concurrency">How many attempts may run at once.</param>
    /// <param name="now">The time now.</param>
    public int At(int concurrency, TimeSpan now)
    {
        lock (_gate)
        {
            var elapsed = now - _since;
            if (elapsed >= Window)
            {
                // After a longer time without a look, the mean of that time.
                _finishedBefore = (int)(Interlocked.Exchange(ref _finished, 0) * (Window / elapsed));
                _since = now;
            }

            var depth = Math.Min(_finishedBefore, concurrency * PerSlot);
            return _largest > 0 ? (int)Math.Min(depth, MaxBytes / _largest) : depth;
        }
    }
}
