using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Benchmarks.Dashboard;

/// <summary>Fills a store with events of 30 days, each with a delivery, through the contracts that the gateway uses.</summary>
internal static class DashboardStore
{
    public const string Key = "scouthook-benchmark-admin-key";

    private const int Batch = 2_000;
    private const int DeadEvery = 1_000;
    private const int Days = 30;

    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(5);

    /// <param name="data">The data directory, which does not exist yet.</param>
    /// <param name="events">The events.</param>
    /// <param name="rows">How many of them to store.</param>
    public static async Task FillAsync(string data, SignedEvents events, int rows)
    {
        var endpoint = await CreateEndpointAsync(data);
        using var database = new SqliteDatabase(Path.Combine(data, "scouthook.db"));
        using var writer = new SqliteWriter(database, new StoreSignal(), TimeProvider.System);
        await new SqliteStore(database, writer).OpenAsync(CancellationToken.None);
        var reader = new SqliteReader(database);
        var inbox = new SqliteInbox(writer, TimeSpan.FromHours(48));
        var queue = new SqliteDeliveryQueue(writer, reader);
        using var fill = new StoreFill(events);
        var start = DateTimeOffset.UtcNow - TimeSpan.FromDays(Days);
        for (var done = 0; done < rows; done += Batch)
        {
            var first = done;
            await inbox.AppendAsync(fill.Batch(
                Math.Min(Batch, rows - done), index => start + (TimeSpan.FromDays(Days) * ((double)(first + index) / rows))));
            while ((await queue.DispatchAsync()).IsMoreToDo)
            {
            }

            while ((await queue.LeaseAsync(endpoint, Batch, Batch, LeaseTime)).Leases is { Count: > 0 } leases)
            {
                await Task.WhenAll(leases.Select(lease => queue.SettleAsync(Settle(lease))));
            }
        }

        await CleanUpAsync(writer, reader);
    }

    /// <summary>With a gateway, whose key ring protects the secret of the endpoint. It goes away before the store is filled.</summary>
    private static async Task<Guid> CreateEndpointAsync(string data)
    {
        await using var gateway = await Accepting.Gateway.StartAsync(data, ("Scouthook:Gateway:AdminKey", Key));
        using var client = new HttpClient { BaseAddress = new Uri($"http://{gateway.Address}/api/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        using var answer = await client.PostAsJsonAsync(
            "endpoints", new { name = "crm", url = "https://crm.example.com/hooks", events = new[] { "*" }, ordering = "none" });
        answer.EnsureSuccessStatusCode();
        return (Guid)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }

    private static Settlement Settle(DeliveryLease lease)
    {
        var isDead = lease.Event.Sequence % DeadEvery == 0;
        return new Settlement
        {
            Lease = lease,
            StartedAt = lease.Event.ReceivedAt + TimeSpan.FromMilliseconds(5),
            Result = new AttemptResult
            {
                Outcome = isDead ? AttemptOutcome.Rejected : AttemptOutcome.Delivered,
                StatusCode = isDead ? 500 : 200,
                Error = isDead ? "The endpoint answered 500." : null,
                Duration = TimeSpan.FromMilliseconds(10 + (lease.Event.Sequence % 90)),
            },
            State = isDead ? DeliveryState.DeadLettered : DeliveryState.Delivered,
            Reason = isDead ? "The last attempt failed." : null,
        };
    }

    /// <summary>Does what a gateway that received all this would have done by now.</summary>
    private static async Task CleanUpAsync(SqliteWriter writer, SqliteReader reader)
    {
        var statistics = new SqliteStatisticsStore(writer, reader);
        while (await statistics.CountAsync() is StepOutcome.MoreToDo)
        {
        }

        var retention = new SqliteRetentionStore(writer, TimeSpan.FromHours(48));
        while (await retention.ForgetKeysAsync(DateTimeOffset.UtcNow) is StepOutcome.MoreToDo)
        {
        }

        // Gigabytes were just written; until the system has flushed them to the disk, no commit is quick.
        using var sync = System.Diagnostics.Process.Start("sync");
        await sync.WaitForExitAsync();
    }
}
