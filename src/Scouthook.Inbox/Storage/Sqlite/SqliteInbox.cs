using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Appends to one SQLite file.</summary>
internal sealed class SqliteInbox(SqliteWriter writer, TimeSpan repeatWindow) : IInbox
{
    public Task OpenAsync(CancellationToken cancellationToken) => writer.RunAsync(_ => true);

    public async ValueTask<AppendOutcome[]> AppendAsync(IReadOnlyList<NewEvent> batch) => await writer.RunAsync(
        session =>
        {
            var outcomes = new AppendOutcome[batch.Count];
            for (var index = 0; index < outcomes.Length; index++)
            {
                outcomes[index] = SqliteAppend.Append(session, batch[index], repeatWindow);
            }

            session.SignalEvents();

            return outcomes;
        },
        receiving: true);

    public Task<bool> ForgetKeysAsync(DateTimeOffset now) =>
        writer.RunAsync(session => SqliteKeyUpkeep.Forget(session, now, repeatWindow));
}
