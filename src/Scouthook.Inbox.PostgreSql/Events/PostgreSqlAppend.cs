using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Stores the events of a batch, or counts them as repeats.</summary>
/// <remarks>
/// Under the append lock, what is known of the keys and resources of the batch is read in one statement each. The rules
/// then decide event by event in memory, so that equal requests in one batch are recognised, and the result is written in
/// one statement per table, in an order that all nodes share.
/// </remarks>
/// <param name="session">The transaction.</param>
/// <param name="repeatWindow">How long an equal request counts as a repeat.</param>
internal sealed class PostgreSqlAppend(PostgreSqlSession session, TimeSpan repeatWindow)
{
    private readonly PostgreSqlEventInserts _events = new();
    private readonly Dictionary<long, (int Count, DateTimeOffset At)> _repeats = [];
    private PostgreSqlRecentKeys _keys = null!;
    private PostgreSqlResources _resources = null!;
    private long _sequence;

    public AppendOutcome[] Run(IReadOnlyList<NewEvent> received)
    {
        session.LockAppend();
        var batch = session.StampsEvents ? Stamped(received) : received;
        var sources = batch.Select(added => session.Names.SourceId(added.Source)).ToList();
        var before = LastSequence();
        _sequence = before;
        _keys = PostgreSqlRecentKeys.Read(session, batch);
        _resources = PostgreSqlResources.Read(session, batch, sources);

        var outcomes = new AppendOutcome[batch.Count];
        for (var index = 0; index < outcomes.Length; index++)
        {
            outcomes[index] = Append(batch[index], sources[index]);
        }

        Write(before);
        return outcomes;
    }

    private AppendOutcome Append(NewEvent added, long sourceId)
    {
        var kept = added.DeduplicationKey is { } key ? _keys.Find(key) : null;
        var decision = RepeatRule.Decide(added, kept, _resources.StateOf(sourceId, added), repeatWindow);
        if (decision is RepeatDecision.Repeat or RepeatDecision.ExcessCopy)
        {
            var repeated = kept!.Value.Sequence;
            _repeats[repeated] = (_repeats.GetValueOrDefault(repeated).Count + 1, added.ReceivedAt);
            return new AppendOutcome(repeated, IsRepeat: true, IsStale: false, IsPossibleRepeat: false);
        }

        var sequence = ++_sequence;
        _events.Add(sequence, added, sourceId, session.Names.EventTypeId(added.EventType), decision);
        if (added.DeduplicationKey is { } stored)
        {
            _keys.Keep(stored, RepeatRule.Keep(added, sequence, decision, kept));
        }

        _resources.Keep(sourceId, added, sequence);
        return new AppendOutcome(
            sequence,
            IsRepeat: false,
            IsStale: decision is RepeatDecision.Stale,
            IsPossibleRepeat: decision is RepeatDecision.PossibleRepeat);
    }

    private void Write(long before)
    {
        if (_sequence > before)
        {
            _events.Write(session);
            _keys.Write(session);
            _resources.Write(session);
            session.Statement("SELECT setval('event_sequence', $1)").Execute(_sequence);
            session.SignalEvents();
        }

        if (_repeats.Count > 0)
        {
            var counted = _repeats.OrderBy(repeat => repeat.Key).ToList();
            session.Statement(
                """
                UPDATE event e SET repeats = e.repeats + r.count, last_repeat_at = r.at
                FROM unnest($1::bigint[], $2::int[], $3::bigint[]) AS r (sequence, count, at) WHERE e.sequence = r.sequence
                """).Execute(
                counted.Select(repeat => repeat.Key).ToArray(),
                counted.Select(repeat => repeat.Value.Count).ToArray(),
                counted.Select(repeat => StoredTime.From(repeat.Value.At)).ToArray());
        }
    }

    private long LastSequence() => (long)session.Statement(
        "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM event_sequence").Scalar()!;

    /// <summary>Gives the events the time of the database, and ids of that time: clocks of nodes differ.</summary>
    private List<NewEvent> Stamped(IReadOnlyList<NewEvent> received)
    {
        var now = StoredTime.To((long)session.Statement(
            "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint").Scalar()!);
        return [.. received.Select(added => added with { Id = TimeOrderedId.At(now), ReceivedAt = now })];
    }
}
