using Microsoft.Extensions.Logging.Abstractions;
using Scouthook.Inbox.Storage.Files;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>The write-ahead log of a store that is never idle.</summary>
public sealed class SqliteCheckpointTests : IAsyncLifetime
{
    private SqliteHarness _store = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await SqliteHarness.CreateAsync(TimeSpan.FromHours(48), TimeProvider.System);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Log_begins_again_while_events_arrive_and_the_store_stays_open()
    {
        var session = await _store.Writer.RunAsync(session => session);

        await AppendUntilLogBeginsAgainAsync();
        await AppendUntilLogBeginsAgainAsync();

        // A copy that was taken for the work of another program would have made it open the store again.
        Assert.Same(session, await _store.Writer.RunAsync(now => now));
    }

    [Fact]
    public async Task Log_begins_again_after_a_reader_of_an_old_state_has_ended()
    {
        using (var reader = SqliteConnections.OpenReader(_store.Database.Path))
        {
            SqliteConnections.Execute(reader, "BEGIN");
            SqliteConnections.Execute(reader, "SELECT count(*) FROM event");
            var length = 0;
            while (length < 12_000)
            {
                var longer = await AppendAsync();
                Assert.True(longer > length, $"The log has {longer} pages after {length}, so it began again under a reader.");
                length = longer;
            }
        }

        await AppendUntilLogBeginsAgainAsync();
    }

    [Fact]
    public void Writer_copies_what_a_copy_beside_it_cannot_catch_up_with()
    {
        using var folder = new Folder();
        var path = folder["busy.db"];
        File.WriteAllBytes(path, []);
        File.WriteAllBytes(folder["lock"], []);
        using var writing = SqliteConnections.OpenWriter(path);
        SqliteConnections.Execute(writing, "CREATE TABLE filled (content BLOB)");
        SqliteConnections.Execute(writing, "PRAGMA wal_autocheckpoint = 0");

        // Commits that wait for nothing are faster than a copy, which waits for the disk.
        SqliteConnections.Execute(writing, "PRAGMA synchronous = OFF");
        var files = new StoreFiles(path, path, folder["lock"], () => FileStatus.Read(folder["lock"]));
        using var checkpoints = new SqliteCheckpoints(
            SqliteConnections.OpenCheckpointer(path), files, TimeProvider.System, NullLogger.Instance);

        var (length, begun) = (0, 0);
        for (var written = 0; written < 20_000 && begun == 0; written++)
        {
            SqliteConnections.Execute(writing, "INSERT INTO filled VALUES (zeroblob(40000))");
            checkpoints.Committed(writing);
            var now = LengthOfLog(path);
            begun += now < length ? 1 : 0;
            length = now;
        }

        Assert.Equal(1, begun);
    }

    private async Task AppendUntilLogBeginsAgainAsync()
    {
        var length = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                var before = length;
                length = await AppendAsync();
                return length < before;
            },
            "the log begins again");
    }

    /// <returns>The length of the log, in pages.</returns>
    private async Task<int> AppendAsync()
    {
        await _store.Inbox.AppendAsync([.. Enumerable.Range(0, 100).Select(_ => Some.Event())]).AsTask().InTime();
        return await _store.Writer.RunAsync(_ => LengthOfLog(_store.Database.Path)).WaitAsync(Cancelled);
    }

    /// <summary>Reads where the next page goes from the header of the index of the log (https://sqlite.org/walformat.html).</summary>
    private static int LengthOfLog(string path)
    {
        using var index = new FileStream(path + "-shm", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        index.Position = 16;
        var length = new byte[sizeof(int)];
        index.ReadExactly(length);
        return BitConverter.ToInt32(length);
    }
}
