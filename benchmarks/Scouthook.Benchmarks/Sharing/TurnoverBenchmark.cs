using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Servers;
using Scouthook.Inbox;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.PostgreSql;
using Scouthook.Inbox.Storage;

namespace Scouthook.Benchmarks.Sharing;

/// <summary>
/// Measures how much larger tables get when their rows are deleted in chunks and replaced by as many new ones, over and over,
/// as retention does: the reason why they are not partitioned.
/// </summary>
internal sealed class TurnoverBenchmark : IBenchmark
{
    private const int Times = 10;
    private const int Leases = 64;

    private static readonly (string Table, Row Row)[] Tables =
    [
        .. new[] { "event", "event_body", "delivery", "attempt" }.Select(table => (table, new Row(
            $"size of `{table}` and its indexes after ten turnovers in chunks", "MB", "filled once"))),
    ];

    public string Group => "nodes";

    public string Title => "Tables that turn over";

    public string Notes =>
        "A store is filled with delivered events, then a tenth is removed by retention and replaced by new ones, until all were replaced "
        + "ten times. Autovacuum runs as configured by default, but looks every 5 s instead of every minute, as the time of weeks passes in minutes.";

    public IReadOnlyList<Row> Rows => [.. Tables.Select(table => table.Row)];

    public async Task MeasureAsync(Run run)
    {
        await using var server = await PostgreSqlProcess.StartAsync(run);
        using var store = new SharedStore(await server.CreateAsync());
        using var fill = new StoreFill(new SignedEvents(0));
        var count = Math.Max(200, run.Effort.StoredEvents / 40);
        var queue = new PostgreSqlDeliveryQueue(store.Writer, store.Reader, TimeProvider.System);
        var retention = new PostgreSqlRetentionStore(store.Writer, new PostgreSqlChangeNumbers(store.Writer, store.Reader), TimeSpan.FromHours(48));
        var endpoint = (await new PostgreSqlEndpointStore(store.Writer, store.Reader).CreateAsync(
            new EndpointDefinition { Name = "well", Kind = EndpointKind.Http, Url = new Uri("http://127.0.0.1/"), Ordering = EndpointOrdering.None },
            secrets: null,
            StartPosition.Now)).Endpoint!.Id;
        await AddAsync(store, fill, queue, endpoint, count);
        var filled = new List<double>();
        foreach (var (table, _) in Tables)
        {
            filled.Add(await store.MegabytesAsync(table));
        }

        for (var part = 0; part < (run.Effort.IsSmoke ? 1 : Times) * 10; part++)
        {
            for (var removed = 0; removed < count / 10; removed += 100)
            {
                await retention.RemoveAsync(DateTimeOffset.UtcNow.AddMinutes(1), TimeSpan.Zero, TimeSpan.Zero);
            }

            await AddAsync(store, fill, queue, endpoint, count / 10);
        }

        foreach (var (place, (table, row)) in Tables.Index())
        {
            run.Record(row, await store.MegabytesAsync(table), filled[place]);
        }
    }

    /// <summary>Stores events and delivers them.</summary>
    private static async Task AddAsync(SharedStore store, StoreFill fill, PostgreSqlDeliveryQueue queue, Guid endpoint, int count)
    {
        var inbox = new PostgreSqlInbox(store.Writer, TimeSpan.FromHours(48));
        for (var done = 0; done < count; done += 500)
        {
            await inbox.AppendAsync(fill.Batch(Math.Min(500, count - done), _ => DateTimeOffset.UtcNow));
        }

        while ((await queue.DispatchAsync()).IsMoreToDo)
        {
        }

        while ((await queue.LeaseAsync(endpoint, Leases, Leases, TimeSpan.FromMinutes(5))).Leases is { Count: > 0 } leased)
        {
            await Task.WhenAll(leased.Select(lease => queue.SettleAsync(new Settlement
            {
                Lease = lease,
                StartedAt = DateTimeOffset.UtcNow,
                Result = new AttemptResult { Outcome = AttemptOutcome.Delivered, StatusCode = 200 },
                State = DeliveryState.Delivered,
            })));
        }
    }
}
