using System.Diagnostics;
using System.Diagnostics.Metrics;
using Scouthook.Events;
using Scouthook.Handling;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Receiving;

/// <summary>Metrics of storing.</summary>
internal sealed class InboxMetrics
{
    private readonly Counter<long> _events;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _commit;
    private readonly Counter<long> _failed;

    public InboxMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ScouthookTelemetry.MeterName);
        _events = meter.CreateCounter<long>(
            "scouthook.inbox.events", "{event}", "Received events by outcome: stored, possible repeat, stale, repeat.");
        _batch = meter.CreateHistogram<int>(
            "scouthook.inbox.commit.size", "{event}", "Events per commit.", advice: ScouthookTelemetry.Counts);
        _commit = meter.CreateHistogram<double>(
            "scouthook.inbox.commit.duration", "s", "Duration of a commit, including the wait for the disk.",
            advice: ScouthookTelemetry.Seconds);
        _failed = meter.CreateCounter<long>(
            "scouthook.inbox.failures", "{event}", "Events that could not be stored and got a 503.");
    }

    public void Committed(int events, TimeSpan duration)
    {
        _batch.Record(events);
        _commit.Record(duration.TotalSeconds);
    }

    public void Stored(NewEvent added, AppendOutcome outcome) => _events.Add(1, new TagList
    {
        { "scouthook.source", added.Source },
        { "scouthook.event.type", HelpScoutEventCatalog.Find(added.EventType)?.Name ?? "other" },
        {
            "scouthook.outcome",
            outcome switch
            {
                { IsRepeat: true } => "repeat",
                { IsPossibleRepeat: true } => "possible_repeat",
                { IsStale: true } => "stale",
                _ => "stored",
            }
        },
    });

    public void Failed(int events) => _failed.Add(events);
}
