using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>Lists, stream and statistics end at the last commit on stable storage, whatever else is committed.</summary>
public sealed class SqliteDurableTests : IAsyncLifetime
{
    private SqliteHarness _store = null!;
    private SqliteReader _reader = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteHarness.CreateAsync(TimeSpan.FromHours(48), new TwoClocks());
        _reader = new SqliteReader(_store.Database);
        await _store.AppendAsync(1);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Commit_that_is_not_on_disk_yet_is_not_shown()
    {
        var log = new SqliteChangeLog(_reader);
        var durable = _store.Database.Durable;
        await _store.AppendAsync(2);
        var synced = _store.Database.Durable;

        // As after a commit that does not wait for the disk.
        _store.Database.Durable = durable;

        Assert.Equal([1], (await _store.AllAsync()).Select(stored => stored.Sequence));
        Assert.Equal(1, Assert.Single(await _store.History.SourcesAsync(Cancelled)).LastSequence);
        Assert.Equal(1, await log.LastAsync(Cancelled));
        Assert.Equal((1, 1L), await ReadAsync(log));

        _store.Database.Durable = synced;

        Assert.Equal([1, 2], (await _store.AllAsync()).Select(stored => stored.Sequence));
        Assert.Equal(2, await log.LastAsync(Cancelled));
        Assert.Equal((2, 2L), await ReadAsync(log));
    }

    [Fact]
    public async Task Everything_in_the_file_at_startup_is_durable()
    {
        await _store.AppendAsync(2);
        await _store.ReopenAsync();

        Assert.Equal(2, (await _store.AllAsync()).Count);
        Assert.Equal(2, _store.Database.Durable?.LastSequence);
    }

    private static async Task<(int Changes, long Through)> ReadAsync(SqliteChangeLog log)
    {
        ChangePage page = await log.ReadAsync(0, 100, Cancelled);
        return (page.Changes.Count, page.Through);
    }
}
