using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>
/// Files are removed, moved or replaced under an open store. All requests once got 200.
/// </summary>
public sealed class StoreIdentityTests : IDisposable
{
    private const int Away = 4012, Back = 4013;

    private readonly Folder _folder = new();
    private readonly List<OpenStore> _open = [];

    private string Data => _folder["data"];

    private string Database => _folder["data/scouthook.db"];

    public void Dispose()
    {
        _open.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task Removed_files_are_reported_and_nothing_is_created_in_their_place()
    {
        var store = await StartAsync();
        await store.AppendAsync();
        Assert.Single(await store.IdsAsync());

        Remove(Database, Database + "-wal", Database + "-shm");

        Assert.Contains("not there any more", (await store.RefusalAsync()).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InboxUnavailableException>(store.IdsAsync);
        Assert.Contains("not there any more", await store.Lifetime.CheckAsync(CancellationToken.None), StringComparison.Ordinal);
        await store.LoggedAsync(Away);
        await store.RefusalAsync();
        Assert.Single(store.Log.Entries, entry => entry.Id == Away);
        Assert.Equal([Path.Combine(Data, "scouthook.lock")], Directory.GetFileSystemEntries(Data));
    }

    [Fact]
    public async Task Removed_directory_is_not_created_again()
    {
        var store = await StartAsync();
        await store.AppendAsync();

        Directory.Delete(Data, recursive: true);

        await store.RefusalAsync();
        await store.LoggedAsync(Away);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Moved_directory_is_used_again_once_it_is_back()
    {
        var store = await StartAsync();
        var kept = await store.AppendAsync();

        Directory.Move(Data, _folder["elsewhere"]);
        await store.RefusalAsync();
        await Assert.ThrowsAsync<InboxUnavailableException>(store.IdsAsync);
        Directory.CreateDirectory(Data);
        await store.RefusalAsync();
        Directory.Delete(Data);
        Directory.Move(_folder["elsewhere"], Data);

        var added = await store.AppendOnceItCanAsync();
        Assert.Equal([kept, added], await store.IdsAsync());
        Assert.Single(store.Log.Entries, entry => entry.Id == Back);
        Assert.Null(await store.Lifetime.CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Content_of_a_removed_log_is_checkpointed_into_the_store()
    {
        var store = await StartAsync();
        var kept = await store.AppendAsync();

        Remove(Database + "-wal");
        var added = await store.AppendOnceItCanAsync();

        Assert.Equal([kept, added], await store.IdsAsync());
        Assert.True(File.Exists(Database + "-wal"));
        Assert.Equal([kept, added], await ReadAnewAsync(store));
    }

    [Theory]
    [InlineData("-shm")]
    [InlineData("-wal", "-shm")]
    public async Task Files_next_to_the_store_may_be_removed_without_loss(params string[] endings)
    {
        var store = await StartAsync();
        var kept = await store.AppendAsync();

        Remove([.. endings.Select(ending => Database + ending)]);
        var added = await store.AppendOnceItCanAsync();

        Assert.Equal([kept, added], await ReadAnewAsync(store));
    }

    [Fact]
    public async Task Foreign_log_next_to_the_store_is_rejected_until_it_is_removed()
    {
        var store = await StartAsync();
        var kept = await store.AppendAsync();

        Remove(Database + "-wal");
        await File.WriteAllBytesAsync(_folder["other"], Some.Bytes(5_000), TestContext.Current.CancellationToken);
        File.Move(_folder["other"], Database + "-wal");
        await store.RefusalAsync();
        Remove(Database + "-wal");

        var added = await store.AppendOnceItCanAsync();
        Assert.Equal([kept, added], await store.IdsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Different_store_is_rejected_until_the_right_one_is_back(bool isOverwritten)
    {
        await MakeOtherAsync();
        var store = await StartAsync();
        var kept = await store.AppendAsync();
        RunSql($"VACUUM INTO '{_folder["backup.db"]}'");

        Replace(_folder["other/scouthook.db"], isOverwritten);
        Assert.Contains("store", (await store.RefusalAsync()).Message, StringComparison.Ordinal);
        await store.RefusalAsync();
        Replace(_folder["backup.db"], isOverwritten: false);

        var added = await store.AppendOnceItCanAsync();
        Assert.Equal([kept, added], await store.IdsAsync());
    }

    [Fact]
    public async Task File_that_is_not_a_database_in_place_of_the_store_is_rejected()
    {
        var store = await StartAsync();
        var kept = await store.AppendAsync();
        File.Move(Database, _folder["kept.db"]);
        await File.WriteAllTextAsync(Database, "not a database", TestContext.Current.CancellationToken);

        await store.RefusalAsync();
        File.Delete(Database);
        await File.WriteAllTextAsync(Database, "", TestContext.Current.CancellationToken);
        await store.RefusalAsync();
        Assert.Equal(0, new FileInfo(Database).Length);
        File.Move(_folder["kept.db"], Database, overwrite: true);

        var added = await store.AppendOnceItCanAsync();
        Assert.Equal([kept, added], await store.IdsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Older_copy_of_the_store_requires_a_restart(bool isOverwritten)
    {
        var store = await StartAsync();
        var kept = await store.AppendAsync();
        RunSql($"VACUUM INTO '{_folder["backup.db"]}'");
        await store.AppendAsync();
        RunSql("PRAGMA wal_checkpoint(TRUNCATE)");
        await store.AppendOnceItCanAsync();
        RunSql("PRAGMA wal_checkpoint(TRUNCATE)");

        Replace(_folder["backup.db"], isOverwritten);
        var refusal = await store.RefusalAsync();
        await store.RefusalAsync();

        Assert.Contains("restart Scouthook", refusal.Message, StringComparison.Ordinal);
        Close(store);
        Assert.Equal([kept], await (await StartAsync()).IdsAsync());
    }

    [Fact]
    public async Task Complete_copy_of_the_store_is_used_without_a_restart()
    {
        var store = await StartAsync();
        var kept = await store.AppendAsync();
        RunSql($"VACUUM INTO '{_folder["backup.db"]}'");

        Remove(Database, Database + "-wal", Database + "-shm");
        await store.RefusalAsync();
        File.Copy(_folder["backup.db"], Database);

        var added = await store.AppendOnceItCanAsync();
        Assert.Equal([kept, added], await store.IdsAsync());
        Assert.Equal([kept, added], await ReadAnewAsync(store));
    }

    [Fact]
    public async Task Directory_behind_a_changed_symlink_is_rejected_until_it_is_changed_back()
    {
        Directory.CreateDirectory(_folder["first"]);
        Directory.CreateSymbolicLink(Data, _folder["first"]);
        var store = await StartAsync();
        var kept = await store.AppendAsync();
        await MakeOtherAsync();

        Directory.Delete(Data);
        Directory.CreateSymbolicLink(Data, _folder["other"]);
        await store.RefusalAsync();
        await Assert.ThrowsAsync<InboxUnavailableException>(store.IdsAsync);
        Directory.Delete(Data);
        Directory.CreateSymbolicLink(Data, _folder["first"]);

        var added = await store.AppendOnceItCanAsync();
        Assert.Equal([kept, added], await store.IdsAsync());
    }

    [Fact]
    public async Task Store_behind_a_symlink_is_used()
    {
        Directory.CreateDirectory(Data);
        Directory.CreateDirectory(_folder["disk"]);
        File.CreateSymbolicLink(Database, _folder["disk/real.db"]);

        var store = await StartAsync();
        var added = await store.AppendAsync();

        Assert.Equal([added], await store.IdsAsync());
        Assert.True(File.Exists(_folder["disk/real.db-wal"]));
    }

    [Fact]
    public async Task Removing_the_lock_file_does_not_admit_a_second_instance()
    {
        var store = await StartAsync();
        await store.AppendAsync();

        File.Delete(_folder["data/scouthook.lock"]);
        await Eventually.TrueAsync(
            () => Task.FromResult(File.Exists(_folder["data/scouthook.lock"])), "the lock is taken again");
        await store.AppendOnceItCanAsync();

        using var second = new OpenStore(Database);
        var refusal = await Assert.ThrowsAsync<InboxRefusedException>(() => second.Lifetime.OpenAsync(CancellationToken.None));
        Assert.Contains("in use by another Scouthook", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_start_is_logged_and_a_second_is_not()
    {
        var store = await StartAsync();
        Assert.Equal(4011, Assert.Single(store.DatabaseLog.Entries).Id);
        Close(store);

        Assert.Empty((await StartAsync()).DatabaseLog.Entries);
    }

    [Fact]
    public async Task First_start_next_to_an_existing_key_ring_asks_for_the_missing_store()
    {
        Directory.CreateDirectory(_folder["data/keys"]);
        await File.WriteAllTextAsync(_folder["data/keys/key-1.xml"], "<key/>", TestContext.Current.CancellationToken);

        var store = await StartAsync();

        Assert.Equal(4017, Assert.Single(store.DatabaseLog.Entries).Id);
    }

    private async Task<OpenStore> StartAsync()
    {
        var store = await OpenStore.StartAsync(Database);
        _open.Add(store);
        return store;
    }

    private void Close(OpenStore store)
    {
        _open.Remove(store);
        store.Dispose();
    }

    /// <summary>Reads the store as a new process would.</summary>
    private async Task<IReadOnlyList<Guid>> ReadAnewAsync(OpenStore store)
    {
        Close(store);
        return await (await StartAsync()).IdsAsync();
    }

    private async Task MakeOtherAsync()
    {
        using var other = await OpenStore.StartAsync(_folder["other/scouthook.db"]);
        for (var count = 0; count < 20; count++)
        {
            await other.AppendAsync();
        }
    }

    /// <summary>Runs SQL as another program that uses the file.</summary>
    private void RunSql(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Replaces the file of the store, with a new file that has no log, or by overwriting its content.
    /// </summary>
    private void Replace(string with, bool isOverwritten)
    {
        if (isOverwritten)
        {
            using var file = new FileStream(Database, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            var content = File.ReadAllBytes(with);
            file.Write(content);
            file.SetLength(content.Length);
            return;
        }

        Remove(Database, Database + "-wal", Database + "-shm");
        File.Copy(with, Database);
    }

    private static void Remove(params string[] files)
    {
        foreach (var file in files)
        {
            File.Delete(file);
        }
    }
}
