namespace Scouthook.Inbox.Clocks;

/// <summary>A jump of the wall clock, compared with monotonic time or with the newest stored instant.</summary>
/// <param name="Expected">The expected time.</param>
/// <param name="Found">The time found.</param>
/// <param name="AtStart">Whether it was found at startup: the clock is behind the newest stored instant.</param>
internal sealed record ClockJump(DateTimeOffset Expected, DateTimeOffset Found, bool AtStart)
{
    /// <summary>How far the wall clock is ahead; negative: behind.</summary>
    public TimeSpan Distance => Found - Expected;
}
