namespace Scouthook.Inbox.Clocks;

/// <summary>
/// The clock that decides how old things are: it follows the wall clock, but never goes back and never jumps ahead.
/// </summary>
/// <remarks>
/// Data removed because of its age is gone, so age must not depend on a wall clock that may be wrong for a while. This
/// clock never goes back and advances at most 24 times as fast as monotonic time. A wall clock that is a year ahead for
/// a minute ages nothing by more than 24 minutes, and after two months without a running process the clock has caught
/// up in three days. Time without a running process does not count: nothing is known about it.
/// </remarks>
internal sealed class AgeClock
{
    /// <summary>How much faster than monotonic time it may advance.</summary>
    public const int MaxSpeed = 24;

    private DateTimeOffset _wall;
    private TimeSpan _monotonic;

    /// <summary>Creates a clock that continues from an earlier process.</summary>
    /// <param name="start">The last stored instant.</param>
    /// <param name="wall">The current wall clock time.</param>
    /// <param name="monotonic">The current monotonic time.</param>
    public AgeClock(DateTimeOffset start, DateTimeOffset wall, TimeSpan monotonic)
    {
        Current = start;
        _wall = wall;
        _monotonic = monotonic;
    }

    public DateTimeOffset Current { get; private set; }

    /// <summary>Advances after reading both clocks.</summary>
    /// <remarks>
    /// The moment at which the wall clock jumped ahead between two readings is unknown. So this reading only counts the
    /// time confirmed by the monotonic clock; the rest is caught up from now on, at the maximum speed.
    /// </remarks>
    public DateTimeOffset Observe(DateTimeOffset wall, TimeSpan monotonic)
    {
        var elapsed = monotonic > _monotonic ? monotonic - _monotonic : TimeSpan.Zero;
        var confirmed = Add(_wall, elapsed);
        var target = wall < confirmed ? wall : confirmed;
        var fastest = Add(Current, elapsed > TimeSpan.MaxValue / MaxSpeed ? TimeSpan.MaxValue : elapsed * MaxSpeed);
        if (fastest < target)
        {
            target = fastest;
        }

        if (target > Current)
        {
            Current = target;
        }

        _wall = wall;
        _monotonic += elapsed;
        return Current;
    }

    private static DateTimeOffset Add(DateTimeOffset instant, TimeSpan time) =>
        time < DateTimeOffset.MaxValue - instant ? instant + time : DateTimeOffset.MaxValue;
}
