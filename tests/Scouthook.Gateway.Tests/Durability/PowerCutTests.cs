using System.Text;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>Cuts the power of the machine, as far as the files can tell, while the gateway receives and delivers.</summary>
/// <remarks>
/// Killing the process does not show what a power cut does, because the page cache outlives it. Verified with every commit
/// at <c>synchronous=NORMAL</c>: acknowledged events are missing after the first cut.
/// </remarks>
public sealed class PowerCutTests : IAsyncLifetime
{
    private const int Seed = 20261130;
    private const int PerSecond = 400;
    private const int MaxCuts = 50;
    private const int Conversations = 40;

    private readonly Folder _folder = new();
    private readonly Dictionary<string, SentEvent> _sent = [];
    private readonly List<SentEvent> _acknowledged = [];
    private readonly List<(long Id, string What)> _seen = [];
    private Sink _sink = null!;
    private GatewaySetup _setup = null!;
    private int _steps;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _setup = new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 100).To("steady", _sink["steady"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Power_cuts_lose_no_acknowledged_event_and_followers_miss_none()
    {
        var cuts = Rounds.Of(4, MaxCuts);
        var random = new Random(Seed);
        var log = _setup.Database + "-wal";
        var taken = 0;

        // A few cuts may all come between two writes; so it continues until one took something.
        for (var cut = 0; cut < cuts || (taken == 0 && cut < MaxCuts); cut++)
        {
            var trace = _folder[$"trace-{cut}.txt"];
            var pid = await ReceiveAsync(trace, TimeSpan.FromMilliseconds(300 + (900 * random.NextDouble())));
            await Eventually.TrueAsync(
                () => File.ReadLines(trace).Any(line => line.StartsWith($"{pid} ", StringComparison.Ordinal) && line.Contains("+++ killed", StringComparison.Ordinal)),
                "the trace is complete");
            var power = PowerCut.Read(trace, log);
            Assert.True(power.Syncs > 0, "the trace has no syncs of the log");

            // In every other cut, the disk has written some of what was not synced.
            power.Apply(log, survives: () => cut % 2 == 1 && random.Next(2) == 0);
            File.Delete(_setup.Database + "-shm");
            File.Delete(trace);
            taken += power.Unsynced;

            Store.Holds(_setup.Database, _acknowledged, _sent.ContainsKey);
            CheckArrivals();
        }

        Assert.True(taken > 0, "no cut took anything: nothing was under way");
        await FinishAsync();
        var again = _sink["steady"].TakenCount - Store.Count(_setup.Database, "event");
        Figures.Print(
            $"{cuts} power cuts took {taken} writes: {_acknowledged.Count} events acknowledged, {_seen.Count} messages followed, {again} attempts made again");
    }

    /// <summary>Receives, delivers and follows for a while under strace, then kills the gateway.</summary>
    /// <returns>Its process id.</returns>
    private async Task<int> ReceiveAsync(string trace, TimeSpan time)
    {
        await using var gateway = await GatewayProcess.StartAsync(_setup with
        {
            Under = ["strace", "-D", "-f", "-y", "-q", "--seccomp-bpf", "-s", "1", "-o", trace, "-e", PowerCut.Calls],
        });
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        using var follower = new Follower(gateway, After);
        var following = follower.FollowWhileItRunsAsync();
        var load = new Load(gateway.Port, Steps(_steps), PerSecond);
        var running = load.RunAsync(16, enough.Token);
        await Eventually.TrueAsync(() => load.Acknowledged.Count > 20, "events are being acknowledged");
        await Task.Delay(time, TimeProvider.System, Cancelled);
        await gateway.KillAsync();
        await enough.CancelAsync();
        await running;
        await following;
        Note(load, follower);
        return gateway.Id;
    }

    private async Task FinishAsync()
    {
        await using var gateway = await GatewayProcess.StartAsync(_setup);
        await gateway.PostAsync(Some.Sample("convo.assigned"));
        using var follower = new Follower(gateway, After);
        await follower.FollowAsync("convo.assigned");
        _seen.AddRange(follower.Seen);
        await gateway.DrainAsync();

        // Each exactly once, and every event that is stored.
        var rows = Store.Read(_setup.Database);
        Assert.Equal(rows.Select(row => $"event {row.Sequence}"), _seen.Select(it => it.What).Where(what => what.StartsWith("event ", StringComparison.Ordinal)));
        Assert.Equal(_seen.Select(it => it.Id).Order(), _seen.Select(it => it.Id));
        Assert.Distinct(_seen.Select(it => it.Id));

        CheckArrivals();
        var taken = _sink["steady"].Taken.Select(arrival => arrival.Hash).ToHashSet();
        Assert.All(_acknowledged, sent => Assert.True(taken.Contains(sent.Hash), "an acknowledged event was not delivered"));
        DeliveryOrder.Rises(
            [.. _sink["steady"].Arrivals.Where(arrival => _sent.ContainsKey(arrival.Hash))],
            arrival => Encoding.UTF8.GetString(_sent[arrival.Hash].Body).Split(',')[0]);
    }

    private long After => _seen.Count > 0 ? _seen[^1].Id : 0;

    private void Note(Load load, Follower follower)
    {
        foreach (var (hash, sent) in load.Sent)
        {
            _sent.Add(hash, sent);
        }

        _acknowledged.AddRange(load.Acknowledged);
        _seen.AddRange(follower.Seen);
    }

    /// <summary>Checks that every event an endpoint got is still there, with the same id and sequence.</summary>
    private void CheckArrivals()
    {
        var stored = Store.Read(_setup.Database).ToDictionary(row => row.Sequence, row => row.Id);
        Assert.All(_sink["steady"].Arrivals, arrival => Assert.Equal(
            Guid.Parse(arrival.EventId).ToString("N").ToUpperInvariant(), stored.GetValueOrDefault(arrival.Sequence)));
    }

    private IEnumerable<SentEvent> Steps(int from)
    {
        for (var step = from; ; step++)
        {
            _steps = step + 1;
            yield return Some.Step(step % Conversations, step);
        }
    }
}
