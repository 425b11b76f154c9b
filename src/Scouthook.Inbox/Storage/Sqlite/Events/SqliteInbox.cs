using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Appends events to one SQLite file.</summary>
internal sealed class SqliteInbox(SqliteWriter writer, TimeSpan repeatWindow) : IInbox
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

            return outcomes;
        },
        batch.Count);
}
