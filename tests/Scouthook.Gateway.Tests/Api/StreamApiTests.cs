using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text;

namespace Scouthook.Gateway.Tests.Api;

/// <summary>Many concurrent followers, some of them misbehaving.</summary>
public sealed class StreamApiTests : IAsyncLifetime
{
    private const int Seed = 20261124;
    private const int Followers = 20;
    private const int MostMegabytes = 250;

    /// <summary>
    /// Messages of this many events exceed the three megabytes buffered for a follower that does not read.
    /// </summary>
    private const int MoreThanTheSystemTakes = 7_000;

    /// <summary>No endpoint subscribes to it, so nothing happens after it.</summary>
    private const string Last = "tag.deleted";

    private readonly Folder _folder = new();
    private Sink _sink = null!;
    private GatewayProcess _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _sink["uncertain"].Answer = (arrival, _) => Task.FromResult(Fails(arrival) ? 500 : 200);
        _gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 9)
            .To("uncertain", _sink["uncertain"], ("Events", "convo.*")));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Followers_disconnected_within_messages_receive_everything_once_and_in_order()
    {
        var events = Rounds.Of(600, 10_000);
        var followers = Enumerable.Range(0, Followers).Select(_ => new Follower(_gateway)).ToList();
        var following = followers.Select((follower, number) => RestlessAsync(follower, new Random(Seed + number))).ToList();

        var load = new Load(_gateway.Port, Some.Events(events), perSecond: 500);
        await load.RunAsync(16, Cancelled);
        await _gateway.DrainAsync();
        await EndAsync();
        await Task.WhenAll(following);

        Assert.Equal(events, load.Acknowledged.Count);
        var all = Happened();
        Assert.True(all.Count > 2 * events, "Some deliveries took more than one attempt.");
        Assert.All(followers, follower =>
        {
            Assert.Equal(follower.Seen.Select(it => it.Id).Order().Distinct(), follower.Seen.Select(it => it.Id));
            Assert.Equal(all, follower.Seen.Select(it => it.What).Order(StringComparer.Ordinal));
            Assert.Equal(followers[0].Seen, follower.Seen);
        });
        Figures.Print(
            $"{events} events and {all.Count - events - 1} attempts, received {Followers} times over {followers.Sum(it => it.Connections)} connections");
        followers.ForEach(it => it.Dispose());
    }

    /// <remarks>Their cost is measured in <c>benchmarks/</c>.</remarks>
    [Fact]
    public async Task Followers_that_stop_reading_do_not_block_others_or_use_much_memory()
    {
        var (many, events) = (Rounds.Of(8, 20), Rounds.Of(2_000, 20_000));
        using var good = new Follower(_gateway);
        var following = good.FollowAsync(Last);
        await AcceptAsync(0, MoreThanTheSystemTakes);
        var stuck = await StuckFollower.ConnectAsync(_gateway, many);

        await AcceptAsync(MoreThanTheSystemTakes, events);
        await EndAsync();
        await following;

        var peak = await _gateway.PeakMegabytesAsync();
        Figures.Print($"{events} events with {many} followers that do not read; at most {peak} MB");
        Assert.Equal(
            MoreThanTheSystemTakes + events + 1, good.Seen.Count(it => it.What.StartsWith("event", StringComparison.Ordinal)));
        Assert.InRange(peak, 1, MostMegabytes);
        foreach (var it in stuck)
        {
            it.Dispose();
        }

        async Task AcceptAsync(int from, int count)
        {
            // Not delivered, so that the stream contains only the events.
            var load = new Load(_gateway.Port, Enumerable.Range(from, count).Select(Tag));
            await load.RunAsync(32, Cancelled);
            Assert.Equal(count, load.Acknowledged.Count);
        }
    }

    [Fact]
    public async Task Stop_ends_every_stream_and_aborts_those_that_are_not_read()
    {
        await new Load(_gateway.Port, Enumerable.Range(0, MoreThanTheSystemTakes).Select(Tag)).RunAsync(32, Cancelled);
        var stuck = await StuckFollower.ConnectAsync(_gateway, 2);
        await _gateway.RestAsync();
        var streams = new List<Task<int>>();
        var begun = 0;
        for (var number = 2; number < Followers; number++)
        {
            streams.Add(ReadToEndAsync(() => Interlocked.Increment(ref begun)));
        }

        await Eventually.TrueAsync(() => Volatile.Read(ref begun) == streams.Count, "all followers are connected");

        // Keeps the gateway from exiting, so that the stop and not the end of the process ends the streams.
        using var slow = await _gateway.ConnectAsync();
        await slow.SendAsync(Some.Event(1).Request().Head());
        await _gateway.TerminateAsync();
        Assert.All(await Task.WhenAll(streams), messages => Assert.True(messages > 0));
        await Eventually.TrueAsync(() => stuck.All(it => it.IsCutOff) || !_gateway.IsRunning, "followers that do not read are disconnected");

        Assert.True(_gateway.IsRunning);
        foreach (var it in stuck)
        {
            it.Dispose();
        }
    }

    private static SentEvent Tag(int number) => new(
        "tag.updated", Encoding.UTF8.GetBytes($"{{\"id\":{number + 5_000},\"name\":\"{new string('x', 190)}\"}}"));

    private static async Task RestlessAsync(Follower follower, Random random) =>
        await follower.FollowAsync(Last, () => random.Next(1, Rounds.Of(200_000, 800_000)));

    private async Task EndAsync() =>
        Assert.Equal(200, (await _gateway.PostAsync(new SentEvent(Last, "{\"id\":4711}"u8.ToArray()))).Status);

    /// <summary>Throws if the response is aborted.</summary>
    private async Task<int> ReadToEndAsync(Action begins)
    {
        var messages = 0;
        using var answer = await _gateway.Client.GetAsync(
            "/api/v1/stream?after=0", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancelled);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(Cancelled))
        {
            if (messages++ == 0)
            {
                begins();
            }
        }

        return messages;
    }

    /// <summary>Returns the changes in the store.</summary>
    private List<string> Happened() =>
    [
        .. Store.Column(_gateway.Setup.Database, "SELECT 'event ' || sequence FROM event")
            .Concat(Store.Column(
                _gateway.Setup.Database,
                """
                SELECT 'attempt ' || a.number || ' of ' || lower(substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-' || substr(h, 13, 4)
                  || '-' || substr(h, 17, 4) || '-' || substr(h, 21))
                FROM attempt a JOIN (SELECT delivery_id, hex(id) AS h FROM delivery) d ON d.delivery_id = a.delivery_id
                """))
            .Order(StringComparer.Ordinal),
    ];

    private static bool Fails(Arrival arrival) => SHA256.HashData(arrival.Body)[0] % 8 < 3 - arrival.Attempt;
}
