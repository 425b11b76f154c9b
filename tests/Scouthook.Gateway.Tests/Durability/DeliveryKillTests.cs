using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>Kills and stops the process while it delivers, and checks every event it had acknowledged.</summary>
public sealed class DeliveryKillTests : IAsyncLifetime
{
    private const int Seed = 20260309;
    private const int PerSecond = 200;
    private const int Conversations = 300;

    private readonly Folder _folder = new();
    private readonly Dictionary<string, SentEvent> _sent = [];
    private readonly List<SentEvent> _acknowledged = [];
    private volatile bool _hangs = true;
    private Sink _sink = null!;
    private GatewayProcess? _gateway;
    private GatewaySetup _setup = null!;
    private int _steps;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IEnumerable<SinkPath> Paths => [_sink["steady"], _sink["flaky"], _sink["hanging"]];

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _sink["flaky"].Answer = (arrival, _) => Task.FromResult(Fails(arrival) ? 500 : 200);
        _sink["hanging"].Answer = async (_, gone) =>
        {
            await (_hangs ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone) : Task.CompletedTask);
            return 200;
        };
        _setup = new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 100)
            .To("steady", _sink["steady"], ("Timeout", "1s"))
            .To("flaky", _sink["flaky"], ("Timeout", "1s"))
            .To("hanging", _sink["hanging"], ("Timeout", "1s"));
    }

    public async ValueTask DisposeAsync()
    {
        await (_gateway?.DisposeAsync() ?? default);
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Acknowledged_events_reach_every_endpoint_in_order_however_often_the_process_is_killed()
    {
        var rounds = Rounds.Of(10, 200);
        var random = new Random(Seed);
        _gateway = await GatewayProcess.StartAsync(_setup);
        for (var round = 0; round < rounds; round++)
        {
            await ReceiveAsync(TimeSpan.FromMilliseconds(100 + 1_000 * random.NextDouble()), _gateway.KillAsync);
            await RestartAsync();
        }

        // The endpoint that hangs counts as down, for half a minute at the most; a new process knows nothing of that. What
        // waits for the flaky one by now is behind so many failures that only calm lets it arrive within the test.
        _hangs = false;
        _sink["flaky"].Answer = (_, _) => Task.FromResult(200);
        await _gateway.KillAsync();
        await RestartAsync();
        await CheckAsync(rounds + 1);
    }

    [Fact]
    public async Task Worker_suspended_beyond_its_leases_resumes_without_loss_or_reordering()
    {
        Assert.SkipUnless(Rounds.Long, "A lease lasts up to 41 seconds longer than the timeout: SCOUTHOOK_LONG=1.");
        _gateway = await GatewayProcess.StartAsync(_setup);
        await ReceiveAsync(TimeSpan.FromSeconds(1), async () =>
        {
            await _gateway.SignalAsync("STOP");
            await Task.Delay(TimeSpan.FromSeconds(50), TimeProvider.System, Cancelled);
            await _gateway.SignalAsync("CONT");
        }, atLeast: PerSecond);
        Assert.Contains("lease expired", await _gateway.LineAsync("[3005]"), StringComparison.OrdinalIgnoreCase);

        _hangs = false;
        await CheckAsync(0);
    }

    [Fact]
    public async Task Attempts_running_at_a_kill_are_repeated_at_once()
    {
        // Otherwise its lease would last three quarters of a minute.
        _setup = new GatewaySetup { Folder = _folder.Path }.Delivering().To("hanging", _sink["hanging"], ("Timeout", "15s"));
        _gateway = await GatewayProcess.StartAsync(_setup);
        await _gateway.PostAsync(Some.Event(1));
        await Eventually.TrueAsync(() => _sink["hanging"].Arrivals.Count == 1, "the attempt is running");

        await _gateway.KillAsync();
        _hangs = false;
        await RestartAsync();
        await Eventually.TrueAsync(() => _sink["hanging"].TakenCount == 1, "the delivery is attempted again");

        var delivery = await _gateway.Client.DeliveryAsync("hanging", "delivered");
        Assert.Equal(2, (int)delivery["attempts"]!);
        Assert.Equal(2, (int)Assert.Single(delivery["attemptList"]!.AsArray())!["number"]!);
    }

    /// <summary>
    /// Receives events until more than a number are acknowledged, and for a while, then runs an action on the process, and
    /// records the acknowledged events.
    /// </summary>
    private async Task ReceiveAsync(TimeSpan time, Func<Task> end, int atLeast = 0)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var from = _steps;
        var load = new Load(_gateway!.Port, Steps(from), PerSecond);
        var running = load.RunAsync(16, enough.Token);
        await Eventually.TrueAsync(() => load.Acknowledged.Count > atLeast, "events are being acknowledged");
        await Task.Delay(time, TimeProvider.System, Cancelled);
        await end();
        await enough.CancelAsync();
        await running;
        foreach (var (hash, sent) in load.Sent)
        {
            _sent.Add(hash, sent);
        }

        _acknowledged.AddRange(load.Acknowledged);
        Assert.All(load.Refused, answer => Assert.Equal((int)HttpStatusCode.ServiceUnavailable, answer.Status));
    }

    private IEnumerable<SentEvent> Steps(int from)
    {
        for (var step = from; ; step++)
        {
            _steps = step + 1;
            yield return Some.Step(step % Conversations, step);
        }
    }

    private async Task RestartAsync()
    {
        await _gateway!.DisposeAsync();
        _gateway = await GatewayProcess.StartAsync(_setup);
    }

    private async Task CheckAsync(int deaths)
    {
        await _gateway!.DrainAsync();

        Assert.True(_acknowledged.Count > PerSecond, $"only {_acknowledged.Count} events were acknowledged");
        foreach (var path in Paths)
        {
            var taken = path.Taken.ToLookup(arrival => arrival.Hash);
            var lost = _acknowledged.Count(sent => !taken.Contains(sent.Hash));
            Assert.True(lost == 0, $"{path.Url}: {lost} of {_acknowledged.Count} acknowledged events did not arrive");
            Assert.All(path.Arrivals, arrival => Assert.True(
                arrival.IsSigned && _sent.ContainsKey(arrival.Hash), $"{path.Url}: {arrival} was never sent"));
            DeliveryOrder.Rises(path.Arrivals, arrival => Conversation(_sent[arrival.Hash]));
            Figures.Print(
                $"{path.Url}: {_acknowledged.Count} events acknowledged, {path.Arrivals.Count} attempts arrived, {taken.Sum(it => it.Count() - 1)} taken twice in {deaths} deaths");
        }

        Assert.Empty(await _gateway!.Client.DeliveriesAsync("state=deadLettered"));
    }

    private static string Conversation(SentEvent sent) => Encoding.UTF8.GetString(sent.Body).Split(',')[0];

    private static bool Fails(Arrival arrival) =>
        (SHA256.HashData(Encoding.UTF8.GetBytes($"{arrival.Hash}{arrival.Attempt}"))[0] & 1) == 0;
}
