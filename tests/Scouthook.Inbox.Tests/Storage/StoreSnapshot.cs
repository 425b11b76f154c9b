using System.Text.Json;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>Everything that the lists of a store show, as JSON, for comparison with another store.</summary>
internal sealed record StoreSnapshot(IReadOnlyDictionary<string, string> Lists)
{
    private const int MaxContents = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<StoreSnapshot> ReadAsync(StoreHarness store, DateTimeOffset now)
    {
        var lists = new Dictionary<string, string>();
        var events = await store.WithOperationalAsync();
        Add("events", events);
        Add("contents", await EachAsync(events.Take(MaxContents), stored => store.History.ReadAsync(stored.Id, Cancel)));
        Add("sources", (await store.History.SourcesAsync(Cancel)).OrderBy(source => source.Name));
        Add("titles", await EachAsync(
            events.Select(stored => stored.Facts.Title).OfType<string>().Distinct(),
            async title => (await store.ListAllAsync(new EventQuery { Text = title })).Select(found => found.Sequence)));
        var deliveries = await store.DeliveriesAsync();
        Add("deliveries", deliveries);
        Add("attempts", await EachAsync(
            deliveries.Where(delivery => delivery.Attempts > 0), delivery => store.Deliveries.AttemptsAsync(delivery.Id, Cancel)));
        Add("endpoints", await store.Endpoints.ListAsync(Cancel));
        Add("replays", (await store.Replays.ListAsync(null, 500, Cancel)).Items);
        Add("keys", await store.Access.ListKeysAsync(Cancel));
        Add("audit", (await store.Access.ListAuditAsync(null, 500, Cancel)).Items);
        Add("source secrets", await store.SourceSecrets.ReadAsync(Cancel));
        Add("clock", await store.Clocks.ReadAsync(Cancel));
        Add("changes", await ChangesAsync(store, 0));
        Add("last change", await store.Changes.LastAsync(Cancel));
        foreach (var hours in new[] { 1, 24, 24 * 7, 24 * 30 })
        {
            Add($"statistics of {hours} hours", Ordered(await store.Statistics.ReadAsync(now.AddHours(-hours), now, Cancel)));
        }

        Add("backlog", (await store.Statistics.BacklogAsync(Cancel)).OrderBy(waiting => waiting.EndpointId));
        return new StoreSnapshot(lists);

        void Add<T>(string name, T value) => lists.Add(name, JsonSerializer.Serialize(value));
    }

    public static async Task<IReadOnlyList<Change>> ChangesAsync(StoreHarness store, long after)
    {
        var all = new List<Change>();
        while (true)
        {
            var page = await store.Changes.ReadAsync(after, 100, Cancel);
            all.AddRange(page.Changes);
            if (page.Through == after)
            {
                return all;
            }

            after = page.Through;
        }
    }

    public static void Equal(StoreSnapshot expected, StoreSnapshot actual)
    {
        Assert.Equal(expected.Lists.Keys, actual.Lists.Keys);
        Assert.All(expected.Lists, list => Assert.Equal(list.Value, actual.Lists[list.Key]));
    }

    private static async Task<IReadOnlyList<TResult>> EachAsync<T, TResult>(IEnumerable<T> items, Func<T, Task<TResult>> read)
    {
        var all = new List<TResult>();
        foreach (var item in items)
        {
            all.Add(await read(item));
        }

        return all;
    }

    private static StatisticsSnapshot Ordered(StatisticsSnapshot read) => read with
    {
        Events = [.. read.Events.OrderBy(count => (count.Source, count.EventType, count.State))],
        Delivered = [.. read.Delivered.OrderBy(count => (count.Source, count.EventType))],
        Attempts = [.. read.Attempts.OrderBy(count => (count.EndpointId, count.Outcome))],
        Latencies = [.. read.Latencies.OrderBy(latency => latency.EndpointId)],
        Types = [.. read.Types.OrderBy(type => type.EventType)],
        Backlog = [],
    };
}
