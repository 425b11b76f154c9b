using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Stores the events of a batch, or counts them as repeats.</summary>
/// <remarks>
/// Under the append lock, what is known of the keys and resources of the batch is read in one statement each. The rules
/// then decide event by event in memory, so that equal requests in one batch are recognised, and the result is written in
/// one statement per table, in an order that all nodes share. All nodes wait while one holds the lock, so reading is one
/// round trip to the server, and writing is another.
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
        // Names are added under the lock; as a rule they are known, and taking it needs no round trip of its own.
        if (!received.All(added => session.Names.KnowsSource(added.Source)))
        {
            session.LockAppend();
        }

        var sources = received.Select(added => session.Names.SourceId(added.Source)).ToList();
        var (reads, now, before) = (session.Batch(), default(DateTimeOffset?), 0L);
        session.LockAppend(reads);
        if (session.StampsEvents)
        {
            reads.Add(
                rows => now = StoredTime.To(Only(rows)), "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint");
        }

        reads.Add(rows => before = Only(rows), "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM event_sequence");
        _keys = new PostgreSqlRecentKeys(reads, received);
        _resources = new PostgreSqlResources(reads, received, sources);
        reads.Execute();

        var batch = now is { } at ? Stamped(received, at) : received;
        _sequence = before;
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
        var writes = session.Batch();
        if (_sequence > before)
        {
            _events.Write(writes);
            _keys.Write(writes);
            _resources.Write(writes);
            writes.Add("SELECT setval('event_sequence', $1)", _sequence);
            session.SignalEvents();
        }

        if (_repeats.Count > 0)
        {
            var counted = _repeats.OrderBy(repeat => repeat.Key).ToList();
            writes.Add(
                """
                UPDATE event e SET repeats = e.repeats + r.count, last_repeat_at = r.at
                FROM unnest($1::bigint[], $2::int[], $3::bigint[]) AS r (sequence, count, at) WHERE e.sequence = r.sequence
                """,
                counted.Select(repeat => repeat.Key).ToArray(),
                counted.Select(repeat => repeat.Value.Count).ToArray(),
                counted.Select(repeat => StoredTime.From(repeat.Value.At)).ToArray());
        }

        writes.Execute();
    }

    private static long Only(PostgreSqlRows rows)
    {
        rows.Read();
        return rows.GetInt64(0);
    }

    /// <summary>Gives the events the time of the database, and ids of that time: clocks of nodes differ.</summary>
    private static List<NewEvent> Stamped(IReadOnlyList<NewEvent> received, DateTimeOffset now) =>
        [.. received.Select(added => added with { Id = TimeOrderedId.At(now), ReceivedAt = now })];
}
