using Microsoft.Extensions.Logging;
using Scouthook.Events;

namespace Scouthook.Handling;

/// <summary>Counts and logs the members of typed events that could not be read, once per member and hour.</summary>
/// <remarks>An event type has a fixed number of members, and only events of the catalogue have unread ones.</remarks>
internal sealed class UnreadMembersReport(
    HandlingMetrics metrics, TimeProvider timeProvider, ILogger<UnreadMembersReport> logger) : IDisposable
{
    private const char Separator = ' ';

    private readonly LogThrottle _throttle = new(timeProvider, (subject, all) => Write(logger, subject, all), TimeSpan.FromHours(1));

    public void Report(HelpScoutEvent helpScoutEvent)
    {
        if (helpScoutEvent.UnreadMembers.Count == 0)
        {
            return;
        }

        var eventType = HelpScoutEventCatalog.Find(helpScoutEvent.Name)?.Name ?? "other";
        metrics.UnreadMembers(eventType, helpScoutEvent.UnreadMembers.Count);
        foreach (var member in helpScoutEvent.UnreadMembers)
        {
            _throttle.Note(eventType + Separator + member, "unread");
        }
    }

    public void Dispose() => _throttle.Dispose();

    private static void Write(ILogger logger, string subject, LogSummary all)
    {
        var end = subject.IndexOf(Separator, StringComparison.Ordinal);
        HandlingLog.UnreadMember(logger, subject[..end], subject[(end + 1)..], all.Total);
    }
}
