using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>Damaged content. Lists once returned 500 while the store counted as ready.</summary>
public sealed class StoreDamageTests : IDisposable
{
    private const int Corrupt = 4014;

    private readonly Folder _folder = new();
    private OpenStore? _store;

    private string Database => _folder["data/scouthook.db"];

    public void Dispose()
    {
        _store?.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("middle")]
    [InlineData("header")]
    [InlineData("truncated")]
    public async Task Damage_at_run_time_is_a_separate_state(string damage)
    {
        await FillAsync();
        _store = await OpenStore.StartAsync(Database);
        await _store.AppendAsync();

        Damage(damage);

        var refusal = Assert.IsType<InboxCorruptException>(await _store.RefusalAsync());
        Assert.Contains("restore the store from a backup", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InboxCorruptException>(_store.IdsAsync);
        Assert.Contains("damaged", await _store.Lifetime.CheckAsync(CancellationToken.None), StringComparison.Ordinal);
        Assert.Single(_store.Log.Entries, entry => entry.Id == Corrupt);
    }

    [Fact]
    public async Task Damage_is_detected_without_a_request()
    {
        await FillAsync();
        _store = await OpenStore.StartAsync(Database);

        Damage("middle");

        await _store.LoggedAsync(Corrupt);
    }

    [Fact]
    public async Task Damaged_store_is_used_again_once_an_intact_one_is_restored()
    {
        await FillAsync();
        File.Copy(Database, _folder["backup.db"]);
        _store = await OpenStore.StartAsync(Database);
        Damage("middle");
        await _store.LoggedAsync(Corrupt);

        foreach (var ending in new[] { "", "-wal", "-shm" })
        {
            File.Delete(Database + ending);
        }

        File.Copy(_folder["backup.db"], Database);

        await _store.AppendOnceItCanAsync();
        Assert.Equal(101, (await _store.IdsAsync()).Count);
    }

    [Theory]
    [InlineData("middle")]
    [InlineData("header")]
    [InlineData("truncated")]
    public async Task Damage_is_rejected_at_startup(string damage)
    {
        await FillAsync();
        Damage(damage);

        using var store = new OpenStore(Database);
        var refusal = await Assert.ThrowsAsync<InboxRefusedException>(() => store.Lifetime.OpenAsync(CancellationToken.None));

        Assert.True(refusal.IsCorrupt);
        Assert.Contains("backup", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(11, 11, "database disk image is malformed", true, false)]
    [InlineData(11, 267, "database disk image is malformed", true, false)]
    [InlineData(26, 26, "file is not a database", true, false)]
    [InlineData(24, 24, "unsupported file format", true, false)]
    [InlineData(10, 522, "disk I/O error", true, false)]
    [InlineData(10, 8202, "disk I/O error", true, false)]
    [InlineData(10, 8458, "disk I/O error", true, false)]
    [InlineData(1, 1, "malformed database schema (event)", true, false)]
    [InlineData(1, 1, "no such table: event", true, false)]
    [InlineData(10, 266, "disk I/O error", false, true)]
    [InlineData(8, 8, "attempt to write a readonly database", false, true)]
    [InlineData(14, 14, "unable to open database file", false, true)]
    [InlineData(13, 13, "database or disk is full", false, true)]
    [InlineData(5, 5, "database is locked", false, true)]
    [InlineData(15, 15, "locking protocol", false, true)]
    [InlineData(19, 2067, "UNIQUE constraint failed", false, false)]
    [InlineData(1, 1, "near \"SELEC\": syntax error", false, false)]
    public void Errors_are_distinguished(int code, int extended, string message, bool isCorrupt, bool mayPass)
    {
        var exception = new SqliteException(message, code, extended);

        Assert.Equal(isCorrupt, SqliteErrors.IsCorrupt(exception));
        Assert.Equal(mayPass, SqliteErrors.MayPass(exception));
    }

    private async Task FillAsync()
    {
        using var store = await OpenStore.StartAsync(Database);
        for (var count = 0; count < 100; count++)
        {
            await store.Inbox.AppendAsync([Some.Event(body: Some.Bytes(3_000, count + 1))]);
        }
    }

    private void Damage(string damage)
    {
        using var file = new FileStream(Database, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        switch (damage)
        {
            case "middle":
                file.Position = file.Length / 2;
                file.Write(Some.Bytes(64 * 1024));
                break;
            case "header":
                file.Write(Some.Bytes(4 * 1024));
                break;
            default:
                file.SetLength(file.Length / 2);
                break;
        }
    }
}
