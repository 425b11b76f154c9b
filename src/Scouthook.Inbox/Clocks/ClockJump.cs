namespace Scouthook.Inbox.Clocks;

/// <summary>The wall clock was found elsewhere than monotonic time, or the store, says it should be.</summary>
/// <param name="Expected">Where it should have been.</param>
/// <param name="Found">Where it was.</param>
/// <param name="AtStart">Whether it was found at the start of the process, behind the newest stored instant.</param>
internal sealed record ClockJump(DateTimeOffset Expected, DateTimeOffset Found, bool AtStart)
{
    /// <summary>How far the wall clock is ahead; negative: behind.</summary>
    public TimeSpan Distance => Found - Expected;
}
