using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>Indexes some of the events, as a running process would have at any time: all, the first of a batch, or none.</summary>
internal sealed class PartlyIndexedInbox(SqliteInbox inbox, SqliteWriter writer) : IInbox
{
    private int _batches;

    public async ValueTask<AppendOutcome[]> AppendAsync(IReadOnlyList<NewEvent> batch)
    {
        var outcomes = await inbox.AppendAsync(batch);
        var count = (_batches++ % 3) switch
        {
            0 => 0,
            1 => (batch.Count + 1) / 2,
            _ => long.MaxValue / 2,
        };
        await writer.RunAsync(session => SqliteLaterIndexes.Write(session, count));
        return outcomes;
    }
}
