namespace Scouthook.Inbox.Tests.Support;

/// <summary>A wall clock and a monotonic clock that can diverge; only <see cref="Pass"/> moves both.</summary>
internal sealed class TwoClocks : TimeProvider
{
    private DateTimeOffset _wall = Some.Instant;
    private long _monotonic;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _wall;

    public override long GetTimestamp() => _monotonic;

    public void Pass(TimeSpan time)
    {
        _wall += time;
        _monotonic += time.Ticks;
    }

    /// <summary>Sets both clocks to an instant, also back: for tests that name the instants of their steps.</summary>
    public void TravelTo(DateTimeOffset instant)
    {
        _monotonic += (instant - _wall).Ticks;
        _wall = instant;
    }

    /// <summary>Sets the wall clock ahead or back.</summary>
    public void Jump(TimeSpan distance) => _wall += distance;
}
