using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Files;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>An open store whose files a test changes.</summary>
internal sealed class OpenStore : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteWriter _writer;

    public OpenStore(string file, UnixFileMode? fileMode = null)
    {
        File = file;
        _database = new SqliteDatabase(
            file, fileMode, DatabaseLog, () => DataDirectoryFiles.HasKeyRing(Path.GetDirectoryName(file)!));
        _writer = new SqliteWriter(_database, Signal, TimeProvider.System, Log);
        var reader = new SqliteReader(_database);
        Inbox = new SqliteInbox(_writer, TimeSpan.FromHours(48));
        History = new SqliteEventHistory(reader, TimeProvider.System);
        Lifetime = new SqliteStore(_database, _writer);
    }

    public string File { get; }

    public StoreSignal Signal { get; } = new();

    public LogCapture<SqliteWriter> Log { get; } = new();

    public LogCapture<SqliteDatabase> DatabaseLog { get; } = new();

    public SqliteStore Lifetime { get; }

    public SqliteInbox Inbox { get; }

    public SqliteEventHistory History { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<OpenStore> StartAsync(string file, UnixFileMode? fileMode = null)
    {
        var store = new OpenStore(file, fileMode);
        try
        {
            await store.Lifetime.OpenAsync(Cancelled).InTime();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public async Task<Guid> AppendAsync()
    {
        var added = Some.Event();
        await Inbox.AppendAsync([added]).AsTask().InTime();
        return added.Id;
    }

    public async Task<Guid> AppendOnceItCanAsync()
    {
        var added = Guid.Empty;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    added = await AppendAsync();
                    return true;
                }
                catch (InboxUnavailableException)
                {
                    return false;
                }
            },
            "the store can be used again");
        return added;
    }

    /// <returns>Why an event is currently rejected.</returns>
    public async Task<InboxUnavailableException> RefusalAsync() =>
        await Assert.ThrowsAnyAsync<InboxUnavailableException>(AppendAsync);

    public async Task<IReadOnlyList<Guid>> IdsAsync()
    {
        var page = await History.ListAsync(new EventQuery { Limit = 500 }, Cancelled).InTime();
        return [.. page.Items.Select(stored => stored.Id).Reverse()];
    }

    /// <summary>Waits until the store itself has detected a change, without any request.</summary>
    public Task LoggedAsync(int id) =>
        Eventually.TrueAsync(() => Task.FromResult(Log.Entries.Any(entry => entry.Id == id)), $"{id} is logged");

    public void Dispose()
    {
        _writer.Dispose();
        _database.Dispose();
        SqliteConnection.ClearAllPools();
    }
}
