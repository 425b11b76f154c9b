using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>The indexes for lists are written after their events, and nobody notices.</summary>
public sealed class SqliteLaterIndexTests : IAsyncLifetime
{
    private const int Count = 3_000;
    private const string Unindexed = "SELECT count(*) FROM event WHERE unindexed = 1";

    private VolumeStore _store = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private SqliteHarness Store => _store.Harness;

    public async ValueTask InitializeAsync() => _store = await VolumeStore.FillAsync(Count);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Every_list_is_the_same_however_many_events_are_indexed()
    {
        Assert.Equal(Count, Store.Number(Unindexed));
        var kinds = EventKinds.Of(_store);
        var expected = await ReadAsync();
        var sources = await Store.History.SourcesAsync(Cancelled);

        foreach (var left in new long[] { 2_999, 1_500, 7, 0 })
        {
            await IndexAsync(Count - left - Store.Number(SqliteLaterIndexes.Through));

            Assert.Equal(left, Store.Number(Unindexed));
            Assert.Equal(expected, await ReadAsync());
            Assert.Equal(sources, await Store.History.SourcesAsync(Cancelled));
        }

        async Task<List<string>> ReadAsync()
        {
            var pages = new List<string>();
            foreach (var (name, query) in kinds)
            {
                var ids = new List<Guid>();
                for (string? cursor = null; ids.Count < 400;)
                {
                    var page = await Store.History.ListAsync(query with { Cursor = cursor }, Cancelled);
                    ids.AddRange(page.Items.Select(item => item.Id));
                    if ((cursor = page.Next) is null)
                    {
                        break;
                    }
                }

                pages.Add($"{name}: {string.Join(' ', ids.Take(400))}");
            }

            return pages;
        }
    }

    [Fact]
    public async Task Page_is_not_empty_when_reading_the_tail_took_all_its_time()
    {
        await IndexAsync(Count - 100);
        var history = new SqliteEventHistory(new SqliteReader(Store.Database), new SlowTime());

        var page = await history.ListAsync(new EventQuery { EventTypes = [VolumeStore.RareType] }, Cancelled);

        Assert.NotEmpty(page.Items);
    }

    [Fact]
    public async Task Appending_indexes_what_would_make_the_tail_too_long()
    {
        await using var store = await VolumeStore.FillAsync(SqliteLaterIndexes.MaxTail + 12_345);

        Assert.InRange(store.Harness.Number(Unindexed), 1, SqliteLaterIndexes.MaxTail);
        Assert.Equal(
            store.Harness.Number(Unindexed), store.Count - store.Harness.Number(SqliteLaterIndexes.Through));
    }

    [Fact]
    public async Task Events_are_indexed_soon_when_there_are_many_and_within_a_minute_when_there_are_few()
    {
        var time = new FakeTimeProvider();
        var tail = new SqliteTail();
        var inbox = new SqliteInbox(Store.Writer, TimeSpan.FromHours(48), tail);
        using var indexing = new SqliteIndexing(Store.Writer, tail, time, NullLogger<SqliteIndexing>.Instance);
        await indexing.StartAsync(Cancelled);

        await inbox.AppendAsync([Some.Event() with { Id = VolumeStore.Id(Count + 1) }]);
        await Eventually.TrueAsync(() => Task.FromResult(Store.Number(Unindexed) < SqliteLaterIndexes.Chunk), "many were indexed");
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMinutes(1));
                return Task.FromResult(Store.Number(Unindexed) == 0);
            },
            "the others were indexed");
        await indexing.StopAsync(Cancelled);

        Assert.Equal("ok", Store.Text("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Indexing_that_is_rolled_back_is_done_again()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Writer.RunAsync<long>(session =>
        {
            SqliteLaterIndexes.Write(session, 100);
            throw new InvalidOperationException();
        }));
        Assert.Equal(Count, Store.Number(Unindexed));

        Assert.Equal(Count - 100, await IndexAsync(100));

        Assert.Equal(Count - 100, Store.Number(Unindexed));
        Assert.Equal("ok", Store.Text("PRAGMA integrity_check"));
    }

    private Task<long> IndexAsync(long count) => Store.Writer.RunAsync(session => SqliteLaterIndexes.Write(session, count));

    /// <summary>Every step takes a second.</summary>
    private sealed class SlowTime : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now += TimestampFrequency;
    }
}
