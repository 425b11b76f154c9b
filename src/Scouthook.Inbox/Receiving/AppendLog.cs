using Microsoft.Extensions.Logging;
using Scouthook.Events;
using Scouthook.Handling;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Receiving;

/// <summary>Logs the outcome of appended events without ever blocking a commit or a response.</summary>
internal sealed class AppendLog : IDisposable
{
    private const string AllSources = "";

    private readonly ILogger _logger;
    private readonly LogThrottle _unavailable;
    private readonly LogThrottle _batchFailed;
    private readonly LogThrottle _appendFailed;
    private readonly LogThrottle _repeats;
    private readonly LogThrottle _unreadable;

    public AppendLog(ILogger logger, TimeProvider timeProvider)
    {
        _logger = logger;
        _unavailable = new LogThrottle(
            timeProvider, (_, all) => InboxLog.Unavailable(logger, all.Total, string.Join("; ", all.Counts.Keys)));
        _batchFailed = new LogThrottle(
            timeProvider, (_, all) => InboxLog.BatchFailed(logger, all.Total, (Exception?)all.Detail));
        _appendFailed = new LogThrottle(
            timeProvider,
            (source, all) => InboxLog.AppendFailed(logger, source, all.ToString(), (Exception?)all.Detail));
        _repeats = new LogThrottle(timeProvider, (source, all) => InboxLog.Repeat(logger, source, all.ToString()));
        _unreadable = new LogThrottle(
            timeProvider,
            (source, all) => InboxLog.Unreadable(logger, source, all.ToString(), (string?)all.Detail ?? ""));
    }

    public void Unavailable(int events, string reason) => _unavailable.Note(AllSources, reason, count: events);

    public void BatchFailed(int events, Exception exception) =>
        _batchFailed.Note(AllSources, nameof(BatchFailed), exception, events);

    public void AppendFailed(NewEvent added, Exception exception) =>
        _appendFailed.Note(added.Source, TypeOf(added), exception);

    public void Kept(NewEvent added, AppendOutcome outcome)
    {
        if (outcome.IsRepeat)
        {
            if (_logger.IsEnabled(LogLevel.Debug))
            {
                _repeats.Note(added.Source, TypeOf(added));
            }
        }
        else if (added.Facts is { State: EventState.Unreadable, StateReason: var reason })
        {
            _unreadable.Note(
                added.Source,
                TypeOf(added),
                $"event {outcome.Sequence} ({HelpScoutEventCatalog.DisplayName(added.EventType)}): {reason}");
        }
    }

    public void Dispose()
    {
        _unavailable.Dispose();
        _batchFailed.Dispose();
        _appendFailed.Dispose();
        _repeats.Dispose();
        _unreadable.Dispose();
    }

    // Names come from outside and are unbounded.
    private static string TypeOf(NewEvent added) => HelpScoutEventCatalog.Find(added.EventType)?.Name ?? "other";
}
