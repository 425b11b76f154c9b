using System.Net;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>A backlog far larger than memory.</summary>
[Collection(AloneCollection.Name)]
public sealed class BacklogTests : IAsyncLifetime
{
    private const int MostMegabytes = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly Folder _folder = new();
    private readonly Lock _gate = new();
    private Sink _sink = null!;
    private long _lastTaken;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _sink["backlog"].Keeps = _sink["dead"].Keeps = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Backlog_drains_and_dead_letters_replay_within_bounded_memory()
    {
        var pending = Rounds.Of(2_000, 200_000);
        var letters = pending / 2;
        var fails = true;
        _sink["dead"].Answer = (_, _) => Task.FromResult(Volatile.Read(ref fails) && !IsTimeForSuccess() ? 500 : 200);
        await using var gateway = await GatewayProcess.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 2)
                .To("backlog", _sink["backlog"])
                .To("dead", _sink["dead"], ("Events", "convo.assigned")));
        var backlog = (string)(await gateway.Client.EndpointAsync("backlog"))["id"]!;
        var dead = (string)(await gateway.Client.EndpointAsync("dead"))["id"]!;
        await gateway.Client.PostJsonAsync($"endpoints/{backlog}/pause");
        await gateway.Client.PostJsonAsync($"endpoints/{dead}/pause");

        var load = new Load(gateway.Port, Events(pending));
        var took = await load.RunAsync(64, Cancelled);
        Assert.Equal(pending, load.Acknowledged.Count);
        await PrintAsync(gateway, "stored", pending, took);

        await gateway.Client.PostJsonAsync($"endpoints/{backlog}/resume");
        took = await UntilAsync(() => Task.FromResult(_sink["backlog"].TakenCount >= pending), "the backlog drains");
        await PrintAsync(gateway, "pending deliveries drained", pending, took);

        await gateway.Client.PostJsonAsync($"endpoints/{dead}/resume");
        took = await UntilAsync(async () => await IsIdleAsync(gateway), "all have become dead letters");
        var taken = _sink["dead"].TakenCount;
        var stood = Dead(gateway);
        Assert.Equal(letters, stood + taken);
        await PrintAsync(gateway, "became dead letters", (int)stood, took);

        Volatile.Write(ref fails, false);
        var replay = await gateway.Client.PostJsonAsync(
            "replays", new { endpointId = dead, deadLetters = true }, HttpStatusCode.Accepted);
        took = await UntilAsync(() => Task.FromResult(_sink["dead"].TakenCount >= letters), "the dead letters replay");
        await UntilAsync(async () => await IsIdleAsync(gateway), "nothing is left");
        await PrintAsync(gateway, "dead letters replayed", (int)stood, took);

        Assert.Equal(stood, (long)(await gateway.Client.JsonAsync($"/api/v1/replays/{replay["id"]}"))["added"]!);
        Assert.Equal(0, Dead(gateway));
        Assert.Equal(letters, _sink["dead"].TakenCount);
        Assert.Equal(pending, _sink["backlog"].TakenCount);
        Assert.InRange(await gateway.PeakMegabytesAsync(), 1, MostMegabytes);
    }

    /// <summary>Both endpoints subscribe to every second event.</summary>
    private static IEnumerable<SentEvent> Events(int count) => Some.Events(count)
        .Select((sent, number) => number % 2 == 0 ? sent : new SentEvent("convo.assigned", sent.Body));

    /// <summary>
    /// An endpoint that always fails is retried less and less often; one success every few seconds prevents that.
    /// </summary>
    private bool IsTimeForSuccess()
    {
        lock (_gate)
        {
            if (TimeProvider.System.GetElapsedTime(_lastTaken) < TimeSpan.FromSeconds(4))
            {
                return false;
            }

            _lastTaken = TimeProvider.System.GetTimestamp();
            return true;
        }
    }

    private static async Task<bool> IsIdleAsync(GatewayProcess gateway)
    {
        foreach (var state in new[] { "pending", "leased", "pending" })
        {
            if ((await gateway.Client.JsonAsync($"/api/v1/deliveries?state={state}&limit=1"))["items"]!.AsArray().Count > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static long Dead(GatewayProcess gateway) => (long)Store.Scalar(
        gateway.Setup.Database, "SELECT count(*) FROM delivery WHERE state = 3 AND replaced_by IS NULL")!;

    private static async Task<TimeSpan> UntilAsync(Func<Task<bool>> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"never came true: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(Rounds.Of(20, 500)), TimeProvider.System, Cancelled);
        }

        return TimeProvider.System.GetElapsedTime(started);
    }

    private static async Task PrintAsync(GatewayProcess gateway, string what, int count, TimeSpan took) => Figures.Print(
        $"{count} {what} in {took.TotalSeconds:F1} s ({count / took.TotalSeconds:F0}/s), at most {await gateway.PeakMegabytesAsync()} MB so far");
}
