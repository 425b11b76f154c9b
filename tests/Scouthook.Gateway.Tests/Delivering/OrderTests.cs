using System.Security.Cryptography;
using System.Text;

namespace Scouthook.Gateway.Tests.Delivering;

/// <summary>The order of the events of one resource.</summary>
public sealed class OrderTests : IAsyncLifetime
{
    private const int Retried = 1;
    private const int Discarded = 2;
    private const int Replayed = 3;

    private readonly Folder _folder = new();
    private Sink _sink = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _sink = await Sink.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Events_and_ratings_of_a_conversation_arrive_in_order_whatever_fails()
    {
        const int conversations = 50, each = 40, every = 8;
        var events = Enumerable.Range(0, conversations * each).ToDictionary(
            number => number % each % every == every - 1
                ? Some.Rating(number / each, number)
                : Some.Step(number / each, number),
            number => $"conversation {number / each}");
        var resources = events.ToDictionary(it => it.Key.Hash, it => it.Value);
        _sink["sink"].Answer = (arrival, _) => Task.FromResult(Fails(arrival) ? 503 : 200);
        await using var gateway = await HostedGateway.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering().To("sink", _sink["sink"], ("Concurrency", "50")));

        var load = new Load(gateway.Port, events.Keys);
        await load.RunAsync(32, Cancelled);
        await gateway.DrainAsync();

        Assert.Equal(events.Count, load.Acknowledged.Count);
        Assert.Equal(events.Count, _sink["sink"].TakenCount);
        Assert.All(_sink["sink"].Arrivals, arrival => Assert.True(arrival.IsSigned, $"{arrival} is not signed"));
        DeliveryOrder.Rises(_sink["sink"].Arrivals, arrival => resources[arrival.Hash]);
        Figures.Print($"{_sink["sink"].Arrivals.Count} attempts for {events.Count} deliveries");
    }

    [Fact]
    public async Task Strict_endpoint_waits_behind_a_dead_letter_until_it_is_retried_discarded_or_replayed()
    {
        var (strict, loose) = (_sink["strict"], _sink["loose"]);
        var fails = true;
        var second = new[] { Retried, Discarded, Replayed }.Select(it => Some.Step(it, 2).Hash).ToHashSet();
        strict.Answer = loose.Answer = (arrival, _) =>
            Task.FromResult(Volatile.Read(ref fails) && second.Contains(arrival.Hash) ? 500 : 200);
        await using var gateway = await HostedGateway.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 2)
                .To("strict", strict, ("Ordering", "strict")).To("loose", loose));
        foreach (var conversation in new[] { Retried, Discarded, Replayed })
        {
            foreach (var sent in Story(conversation))
            {
                Assert.Equal(200, (await gateway.PostAsync(sent)).Status);
            }
        }

        await gateway.PostAsync(Some.Step(4, 1));
        await Eventually.AnswersTrueAsync(async () => await CountAsync(gateway, "deadLettered") == 6, "six are dead letters");
        await Eventually.TrueAsync(() => loose.TakenCount == 13, "the endpoint ordered by resource has everything except the dead letters");
        await Eventually.TrueAsync(() => strict.TakenCount == 4, "the strict endpoint has everything before them");
        Assert.Equal(9, await CountAsync(gateway, "pending"));
        foreach (var conversation in new[] { Retried, Discarded, Replayed })
        {
            Assert.Equal([1], Taken(strict, conversation));
            Assert.Equal([1, 3, 4, 5], Taken(loose, conversation));
        }

        Volatile.Write(ref fails, false);
        var endpoint = (string)(await gateway.Client.EndpointAsync("strict"))["id"]!;
        await gateway.Client.PostJsonAsync($"deliveries/{await DeadAsync(gateway, endpoint, strict, Retried)}/retry");
        await gateway.Client.PostJsonAsync($"deliveries/{await DeadAsync(gateway, endpoint, strict, Discarded)}/discard");
        var replaced = await DeadAsync(gateway, endpoint, strict, Replayed);
        await gateway.Client.PostJsonAsync(
            $"events/{EventId(strict, Replayed)}/replay", new { endpointId = endpoint }, System.Net.HttpStatusCode.Accepted);
        await Eventually.TrueAsync(() => strict.TakenCount == 4 + 4 + 3 + 4, "everything that was blocked has arrived");

        Assert.Equal([1, 2, 3, 4, 5], Taken(strict, Retried));
        Assert.Equal([1, 3, 4, 5], Taken(strict, Discarded));
        Assert.Equal([1, 3, 4, 5, 2], Taken(strict, Replayed));
        Assert.Equal(Story(Replayed)[1].Hash, Assert.Single(strict.Taken, arrival => arrival.IsReplay).Hash);
        var old = await gateway.Client.JsonAsync($"/api/v1/deliveries/{replaced}");
        var replacement = await gateway.Client.JsonAsync($"/api/v1/deliveries/{old["replacedBy"]}");
        Assert.Equal("deadLettered", (string?)old["state"]);
        Assert.Equal("delivered", (string?)replacement["state"]);
        Assert.NotNull(replacement["replay"]);
    }

    [Fact]
    public async Task Retried_dead_letter_precedes_deliveries_already_waiting_for_their_next_attempt()
    {
        var path = _sink["sink"];
        var (first, second) = (Some.Step(1, 1), Some.Step(1, 2));
        using var answer = new SemaphoreSlim(0);
        path.Answer = async (arrival, gone) =>
        {
            if (arrival.Hash == first.Hash && arrival.Attempt > 4)
            {
                await answer.WaitAsync(gone);
                return 200;
            }

            return path.TakenCount == 0 ? 500 : 200;
        };
        await using var gateway = await HostedGateway.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 4).To("sink", path));
        await gateway.PostAsync(first);
        await gateway.PostAsync(second);
        await Eventually.TrueAsync(
            () => path.Arrivals.Any(it => it.Hash == second.Hash), "the first is a dead letter, the second is attempted");

        var dead = Assert.Single(await gateway.Client.DeliveriesAsync("state=deadLettered"));
        await gateway.Client.PostJsonAsync($"deliveries/{dead["id"]}/retry");
        await Eventually.TrueAsync(
            () => path.Arrivals.Any(it => it.Attempt == 5), "the first is attempted again");
        var before = path.Arrivals.Count;

        // Longer than the retry delay of the second delivery.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Cancelled);
        Assert.Equal(before, path.Arrivals.Count);
        answer.Release();
        await Eventually.TrueAsync(() => path.TakenCount == 2, "both have arrived");
        Assert.Equal([first.Hash, second.Hash], path.Taken.OrderBy(it => it.AnswerPlace).Select(it => it.Hash));
    }

    /// <summary>Five events of a conversation, the fourth of them a rating.</summary>
    private static IReadOnlyList<SentEvent> Story(int conversation) =>
        [.. Enumerable.Range(1, 5).Select(step => step == 4 ? Some.Rating(conversation, conversation) : Some.Step(conversation, step))];

    /// <summary>Returns the numbers of its accepted events, in order.</summary>
    private static IEnumerable<int> Taken(SinkPath path, int conversation)
    {
        var hashes = Story(conversation).Select(sent => sent.Hash).ToList();
        return path.Taken.OrderBy(it => it.AnswerPlace).Select(it => hashes.IndexOf(it.Hash) + 1).Where(number => number > 0);
    }

    private static string EventId(SinkPath path, int conversation) =>
        path.Arrivals.First(arrival => arrival.Hash == Story(conversation)[1].Hash).EventId;

    private static async Task<string> DeadAsync(HostedGateway gateway, string endpoint, SinkPath path, int conversation)
    {
        var found = await gateway.Client.DeliveriesAsync(
            $"endpoint={endpoint}&state=deadLettered&event={EventId(path, conversation)}");
        return (string)Assert.Single(found)["id"]!;
    }

    private static async Task<int> CountAsync(HostedGateway gateway, string state) =>
        (await gateway.Client.DeliveriesAsync($"state={state}")).Count;

    /// <summary>Fails one attempt in ten, the same attempts in every run.</summary>
    private static bool Fails(Arrival arrival) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{arrival.Hash}{arrival.Attempt}"))[0] < 26;
}
