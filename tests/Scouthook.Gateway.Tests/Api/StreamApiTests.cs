using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text;
using Scouthook.Gateway.Tests.Support;

namespace Scouthook.Gateway.Tests.Api;

/// <summary>Many who follow at once, and not all of them well behaved.</summary>
public sealed class StreamApiTests : IAsyncLifetime
{
    private const int Seed = 20261124;
    private const int Followers = 20;
    private const int MostMegabytes = 250;

    /// <summary>Messages of so many events are more than the three megabytes that are taken in for one that does not read.</summary>
    private const int MoreThanTheSystemTakes = 7_000;

    /// <summary>No endpoint wants it: after it, nothing more happens.</summary>
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
    public async Task Followers_cut_off_in_the_middle_of_messages_are_told_everything_once_and_in_order()
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
            $"{events} events and {all.Count - events - 1} attempts, told {Followers} times in {followers.Sum(it => it.Connections)} connections");
        followers.ForEach(it => it.Dispose());
    }

    [Fact]
    public async Task Followers_that_stop_reading_slow_neither_receiving_nor_other_followers()
    {
        var (pairs, events, many) = (Rounds.Of(2, 9), Rounds.Of(600, 4_000), Rounds.Of(4, 20));
        var next = 0;
        using var good = new Follower(_gateway);
        var following = good.FollowAsync(Last);

        await RateAsync(MoreThanTheSystemTakes);
        var ratios = new List<double>();
        for (var pair = 0; pair < pairs; pair++)
        {
            var before = pair % 2 == 0 ? await RateAsync(events) : 0;
            var stuck = await StuckFollower.ConnectAsync(_gateway, many);
            await _gateway.RestAsync();
            var beside = await RateAsync(events);
            foreach (var it in stuck)
            {
                it.Dispose();
            }

            await _gateway.RestAsync();
            ratios.Add(beside / (before > 0 ? before : await RateAsync(events)));
        }

        var held = await StuckFollower.ConnectAsync(_gateway, many);
        await RateAsync(events);
        await EndAsync();
        await following.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        var (peak, ratio) = (await _gateway.PeakMegabytesAsync(), ratios.Order().ElementAt((pairs - 1) / 2));

        Figures.Print(
            $"acknowledged beside {many} that do not read: {ratio:F2} x (from {ratios.Min():F2} to {ratios.Max():F2}); at most {peak} MB");
        Assert.Equal(next + 1, good.Seen.Count(it => it.What.StartsWith("event", StringComparison.Ordinal)));
        Assert.True(ratio > 0.5, $"receiving had {ratio:F2} of its speed");
        Assert.InRange(peak, 1, MostMegabytes);
        foreach (var it in held)
        {
            it.Dispose();
        }

        async Task<double> RateAsync(int count)
        {
            // Not delivered, so that nothing but receiving and following is measured.
            var load = new Load(_gateway.Port, Enumerable.Range(next, count).Select(Tag));
            next += count;
            var took = await load.RunAsync(32, Cancelled);
            Assert.Equal(count, load.Acknowledged.Count);
            return count / took.TotalSeconds;
        }
    }

    [Fact]
    public async Task A_stop_ends_every_stream_and_does_not_wait_for_one_that_is_not_read()
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

        await Eventually.TrueAsync(() => Volatile.Read(ref begun) == streams.Count, "all follow");
        var started = TimeProvider.System.GetTimestamp();
        var exitCode = await _gateway.StopAsync();
        var took = TimeProvider.System.GetElapsedTime(started);

        Figures.Print($"stopped in {took.TotalSeconds:F2} s with {Followers} followers, of which 2 do not read");
        Assert.Equal(0, exitCode);
        Assert.True(took < TimeSpan.FromSeconds(10), $"the stop took {took}");
        Assert.All(await Task.WhenAll(streams), messages => Assert.True(messages > 0));
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

    /// <summary>Ends with an exception if the answer is cut off.</summary>
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

    /// <summary>What the store says.</summary>
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
