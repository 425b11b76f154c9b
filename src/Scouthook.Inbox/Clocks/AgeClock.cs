namespace Scouthook.Inbox.Clocks;

/// <summary>The instant that decides how old things are: it follows the wall clock, but never back, and never fast.</summary>
/// <remarks>
/// What is removed because of its age is gone, so age must not depend on a wall clock that may be wrong for a while. This
/// clock never goes back and advances at most 24 times as fast as monotonic time. A wall clock that is a year ahead for a
/// minute ages nothing by more than 24 minutes, and after two months without a running process the clock has caught up in
/// three days. Time in which no process ran counts as none: nothing is known about it.
/// </remarks>
internal sealed class AgeClock
{
    /// <summary>How much faster than monotonic time it may go.</summary>
    public const int MaxSpeed = 24;

    private DateTimeOffset _wall;
    private TimeSpan _monotonic;

    /// <summary>Starts where an earlier process left off.</summary>
    /// <param name="start">The instant that was stored last.</param>
    /// <param name="wall">The wall clock now.</param>
    /// <param name="monotonic">Monotonic time now.</param>
    public AgeClock(DateTimeOffset start, DateTimeOffset wall, TimeSpan monotonic)
    {
        Current = start;
        _wall = wall;
        _monotonic = monotonic;
    }

    public DateTimeOffset Current { get; private set; }

    /// <summary>Moves on after a look at both clocks.</summary>
    /// <remarks>
    /// How long ago the wall clock jumped ahead between two looks is not known. So this look only counts what monotonic
    /// time confirms; the rest is caught up from now on, at the highest speed.
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
