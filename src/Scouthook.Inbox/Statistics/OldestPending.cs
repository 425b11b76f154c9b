using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Statistics;

/// <summary>
/// Measures how long the oldest pending delivery of each endpoint has waited, whatever the wall clock does.
/// </summary>
/// <remarks>
/// Its timestamp is compared with the wall clock as if that had not moved since startup. With a timestamp from a wrong
/// clock, the time still counts since the delivery was first seen to be the oldest.
/// </remarks>
internal sealed class OldestPending(StoreClock clock, TimeProvider timeProvider)
{
    private volatile Dictionary<Guid, (DateTimeOffset Stamp, long SeenAt)> _seen = [];

    /// <summary>Records the oldest delivery of each endpoint.</summary>
    public void Note(IReadOnlyList<StatisticsSnapshot.Waiting> backlog)
    {
        var now = timeProvider.GetTimestamp();
        var before = _seen;
        _seen = backlog.Where(waiting => waiting.OldestPendingAt is not null).ToDictionary(
            waiting => waiting.EndpointId,
            waiting => before.TryGetValue(waiting.EndpointId, out var seen) && seen.Stamp == waiting.OldestPendingAt
                ? seen
                : (waiting.OldestPendingAt!.Value, now));
    }

    public TimeSpan Age(StatisticsSnapshot.Waiting waiting)
    {
        if (waiting.OldestPendingAt is not { } stamp)
        {
            return TimeSpan.Zero;
        }

        var byStamp = timeProvider.GetUtcNow() - clock.Offset - stamp;
        var watched = _seen.TryGetValue(waiting.EndpointId, out var seen) && seen.Stamp == stamp
            ? timeProvider.GetElapsedTime(seen.SeenAt)
            : TimeSpan.Zero;
        return byStamp > watched ? byStamp : watched;
    }
}
