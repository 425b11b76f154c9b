using System.Collections.Concurrent;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>
/// Lends the memory segments that long bodies are read into, and releases them when they are no longer used.
/// </summary>
/// <remarks>
/// The shared pool of .NET keeps its arrays until a full collection finds them idle for long, and an idle process never
/// collects. Segments of one size also mean that a growing body is never copied.
/// </remarks>
internal sealed class SegmentPool : IDisposable
{
    /// <summary>The size of a segment; small enough for the ordinary heap.</summary>
    public const int Size = 64 * 1024;

    private const int WorthCollecting = 8 * 1024 * 1024 / Size;

    private static readonly TimeSpan TrimPeriod = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<byte[]> _spare = new();
    private readonly ITimer _trim;
    private int _count;
    private int _least;

    public SegmentPool(TimeProvider timeProvider) =>
        _trim = timeProvider.CreateTimer(static pool => ((SegmentPool)pool!).Trim(), this, TrimPeriod, TrimPeriod);

    /// <summary>How many segments are kept for the next bodies.</summary>
    public int Spare => Volatile.Read(ref _count);

    public byte[] Rent()
    {
        if (!_spare.TryDequeue(out var segment))
        {
            return GC.AllocateUninitializedArray<byte>(Size);
        }

        var left = Interlocked.Decrement(ref _count);
        if (left < Volatile.Read(ref _least))
        {
            Volatile.Write(ref _least, left);
        }

        return segment;
    }

    public void Return(byte[] segment)
    {
        _spare.Enqueue(segment);
        Interlocked.Increment(ref _count);
    }

    public void Dispose() => _trim.Dispose();

    /// <summary>Releases the segments that have not been requested since the last time.</summary>
    private void Trim()
    {
        var unused = Math.Min(Volatile.Read(ref _least), Spare);
        for (var dropped = 0; dropped < unused && _spare.TryDequeue(out _); dropped++)
        {
            Interlocked.Decrement(ref _count);
        }

        Volatile.Write(ref _least, Spare);
        if (unused >= WorthCollecting)
        {
            // Only after a flood. An idle process does not collect, and no gentler collection returns memory to the system.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
