using Microsoft.Extensions.Time.Testing;

namespace Scouthook.Testing.Tests.Support;

/// <summary>A fake clock whose time of day can be set without affecting timers and timestamps, as on a real machine.</summary>
internal sealed class SettableClock(DateTimeOffset start) : TimeProvider
{
    private readonly FakeTimeProvider _steady = new(start);

    /// <summary>How far the time of day was set.</summary>
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => _steady.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _steady.GetUtcNow() + Offset;

    public override long GetTimestamp() => _steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _steady.CreateTimer(callback, state, dueTime, period);

    public void Advance(TimeSpan time) => _steady.Advance(time);
}
