using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>
/// A change log whose reader does not wait for the signal that a commit is on disk: nothing is shown before.
/// </summary>
internal sealed class SyncedChangeLog(IChangeLog inner, SqliteWriter writer) : IChangeLog
{
    public async Task<long> LastAsync(CancellationToken cancellationToken)
    {
        await writer.SyncAsync();
        return await inner.LastAsync(cancellationToken);
    }

    public async Task<ChangePage> ReadAsync(long after, int limit, CancellationToken cancellationToken)
    {
        await writer.SyncAsync();
        return await inner.ReadAsync(after, limit, cancellationToken);
    }
}
