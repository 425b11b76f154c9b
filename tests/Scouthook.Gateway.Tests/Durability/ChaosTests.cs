using System.Security.Cryptography;
using System.Text;
using Scouthook.Testing;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>A busy day in a local Help Scout that disturbs its requests, received by a process that is killed over and over.</summary>
public sealed class ChaosTests : IAsyncLifetime
{
    private const int Seed = 20260316;
    private const double EventsPerSecond = 30;
    private const int Burst = 50;
    private const int LeastKills = 3;

    private static readonly TimeSpan DayLength = TimeSpan.FromSeconds(Rounds.Of(30, 1200));

    /// <summary>How long a slow machine may take to deliver the rest of the day.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromMinutes(Rounds.Of(5, 30));

    private readonly Folder _folder = new();
    private readonly List<ChaosEvent> _emitted = [];
    private readonly List<(DateTimeOffset From, DateTimeOffset Until)> _absences = [];
    private HelpScoutEmulator _helpScout = null!;
    private Sink _sink = null!;
    private GatewaySetup _setup = null!;
    private GatewayProcess? _gateway;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IEnumerable<SinkPath> Paths => [_sink["steady"], _sink["slow"], _sink["flaky"]];

    public async ValueTask InitializeAsync()
    {
        _helpScout = await HelpScoutEmulator.StartAsync(Configure, Cancelled);
        _helpScout.Account.Emitted += happened => _emitted.Add(ChaosEvent.Of(happened.Name, happened.Event.Body.Span));
        _sink = await Sink.StartAsync();
        foreach (var path in Paths)
        {
            path.KeepsContent = false;
        }

        _sink["slow"].Answer = async (arrival, gone) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Draw(arrival) / 4.0), TimeProvider.System, gone);
            return 200;
        };
        _sink["flaky"].Answer = (arrival, _) => Task.FromResult(Draw(arrival) < 64 ? 500 : 200);
        _setup = new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 100)
            .To("steady", _sink["steady"])
            .To("slow", _sink["slow"])
            .To("flaky", _sink["flaky"]);
    }

    public async ValueTask DisposeAsync()
    {
        await (_gateway?.DisposeAsync() ?? default);
        await _helpScout.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_genuine_event_is_stored_and_delivered_in_order_and_no_other_however_requests_are_disturbed()
    {
        _gateway = await GatewayProcess.StartAsync(_setup);
        _setup = _setup with { Urls = [$"http://127.0.0.1:{_gateway.Port}"] };
        _helpScout.AddWebhook($"http://127.0.0.1:{_gateway.Port}/webhook", GatewaySetup.Secret);

        await PlayDayAsync();
        _sink["flaky"].Answer = (_, _) => Task.FromResult(200);
        await _helpScout.WaitUntilSentAsync(Cancelled);
        await _gateway.DrainAsync(DrainTime);

        var webhook = Assert.Single(_helpScout.Webhooks);
        ChaosChecks.NothingWasRefused(webhook, _absences);
        var stored = await ChaosChecks.StoredAsync(_gateway);
        ChaosChecks.StoreHolds(_emitted, webhook.DeliveryLog, stored);
        foreach (var path in Paths)
        {
            ChaosChecks.Arrived(path, stored);
        }

        Assert.Empty(await _gateway.Client.DeliveriesAsync("state=deadLettered"));
    }

    private static void Configure(HelpScoutEmulatorOptions options)
    {
        options.Seed = Seed;
        options.ConcurrentRequests = 16;
        options.DeliveryLogLength = int.MaxValue;

        // Ten attempts last for more than a minute and a half: longer than any start takes. A process that is killed
        // breaks its connections, so no attempt ends by the time limit.
        options.RetrySchedule = [.. Enumerable.Range(0, 9).Select(power => TimeSpan.FromMilliseconds(200 << power))];
        options.ResponseTimeout = TimeSpan.FromMinutes(1);

        options.Chaos.SetAll(0.08);
        options.Chaos.DuplicateDelay = TimeSpan.FromSeconds(2);
        options.Chaos.LateRetryDelay = TimeSpan.FromSeconds(3);
        options.Chaos.ReorderDelay = TimeSpan.FromSeconds(1);
        options.Chaos.SlowBodyPause = TimeSpan.FromMilliseconds(400);
    }

    /// <summary>Plays the day, and kills and starts the gateway all the while.</summary>
    private async Task PlayDayAsync()
    {
        var random = new Random(Seed);
        using var evening = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var started = TimeProvider.System.GetTimestamp();
        var day = new BusyDay(_helpScout.Account, Seed);
        var playing = day.RunAsync(EventsPerSecond, evening.Token);
        while (TimeProvider.System.GetElapsedTime(started) < DayLength || _absences.Count < LeastKills)
        {
            // An event must not use up its attempts in one absence after the other, however slow the machine is to start
            // the process: each is sent before the next kill.
            await _helpScout.WaitUntilSentAsync(Cancelled);
            await PauseAsync(3_000 * random.NextDouble());

            // So that requests are running when the process dies.
            for (var step = 0; step < Burst; step++)
            {
                day.PlayNext();
            }

            await PauseAsync(30 * random.NextDouble());
            var killedAt = TimeProvider.System.GetUtcNow();
            await _gateway!.KillAsync();
            await _gateway.DisposeAsync();
            _gateway = await GatewayProcess.StartAsync(_setup);
            _absences.Add((killedAt, TimeProvider.System.GetUtcNow()));
        }

        await evening.CancelAsync();
        await playing;
        Figures.Print($"{_emitted.Count} events, {_absences.Count} kills");
    }

    private static Task PauseAsync(double milliseconds) =>
        Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, Cancelled);

    /// <summary>A number from 0 to 255 that depends on the event and the attempt.</summary>
    private static int Draw(Arrival arrival) => SHA256.HashData(Encoding.UTF8.GetBytes($"{arrival.Hash}{arrival.Attempt}"))[0];
}
