using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>A SQLite file belongs to one process, so the suite for several nodes does not apply to it.</summary>
public sealed class SqliteNodesTests
{
    [Fact]
    public async Task Second_node_is_refused_and_the_first_works_on()
    {
        await using var store = await SqliteHarness.CreateAsync(TimeSpan.FromHours(48), TimeProvider.System);
        await store.AppendAsync(1);
        Assert.False(store.IsShared);
        Assert.Null(await store.OpenSecondAsync());

        using (var second = new OpenStore(store.Database.Path))
        {
            var refusal = await Assert.ThrowsAsync<InboxRefusedException>(() => second.Lifetime.OpenAsync(CancellationToken.None));
            Assert.Contains("in use by another Scouthook", refusal.Message, StringComparison.Ordinal);
        }

        await store.AppendAsync(2);
        await store.ReopenAsync();
        Assert.Equal(2, (await store.AllAsync()).Count);
    }
}
