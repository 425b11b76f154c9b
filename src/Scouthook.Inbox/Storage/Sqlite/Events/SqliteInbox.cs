using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Appends events to one SQLite file.</summary>
/// <param name="writer">The writer.</param>
/// <param name="repeatWindow">For how long repeats are recognised.</param>
/// <param name="tail">Learns how many events are not indexed yet.</param>
internal sealed class SqliteInbox(SqliteWriter writer, TimeSpan repeatWindow, SqliteTail? tail = null) : IInbox
{
    public async ValueTask<AppendOutcome[]> AppendAsync(IReadOnlyList<NewEvent> batch) => await writer.ReceiveAsync(
        session =>
        {
            var outcomes = new AppendOutcome[batch.Count];
            for (var index = 0; index < outcomes.Length; index++)
            {
                outcomes[index] = SqliteAppend.Append(session, batch[index], repeatWindow);
            }

            // All new events of a batch have consecutive sequences: there is one writer.
            var added = outcomes.Where(outcome => !outcome.IsRepeat).ToList();
            session.Changes.AddEvents(added.Count > 0 ? added[0].Sequence : 0, added.Count);
            session.SignalEvents();
            if (added.Count > 0)
            {
                var unindexed = SqliteLaterIndexes.Limit(session, added[^1].Sequence);
                tail?.Grown(unindexed);
            }

            return outcomes;
        },
        batch.Count);
}
