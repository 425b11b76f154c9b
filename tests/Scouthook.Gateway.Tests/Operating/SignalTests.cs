namespace Scouthook.Gateway.Tests.Operating;

/// <summary>The signals that stop a gateway.</summary>
public sealed class SignalTests : IAsyncLifetime
{
    private const int Events = 8;

    /// <summary>Resets ignored signals, which the gateway would otherwise inherit from the test run.</summary>
    private static readonly string[] WithAllSignals = ["env", "--default-signal=HUP,INT,TERM"];

    private readonly Folder _folder = new();
    private Sink _sink = null!;

    public async ValueTask InitializeAsync() => _sink = await Sink.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Running_attempts_finish_and_no_delivery_is_made_twice(string signal)
    {
        var setup = Setup().Delivering().To("sink", _sink["sink"]);
        var release = new TaskCompletionSource();
        _sink["sink"].Answer = async (_, _) =>
        {
            await release.Task;
            return 200;
        };
        await using (var gateway = await GatewayProcess.StartAsync(setup))
        {
            foreach (var sent in Some.Events(Events))
            {
                Assert.Equal(200, (await gateway.PostAsync(sent)).Status);
            }

            await Eventually.TrueAsync(() => _sink["sink"].Arrivals.Count == Events, "every attempt is running");
            await gateway.SignalAsync(signal);
            await Eventually.AnswersTrueAsync(async () => !await IsReceivingAsync(gateway), "the gateway is stopping or has gone");
            release.SetResult();

            Assert.Equal(0, await gateway.EndAsync());
            Assert.DoesNotContain("fail:", gateway.Output, StringComparison.Ordinal);
        }

        Assert.Equal(0L, Store.Scalar(setup.Database, "SELECT count(*) FROM delivery WHERE state = 1"));
        await using var again = await GatewayProcess.StartAsync(setup);
        await again.DrainAsync();
        Assert.Equal(Events, _sink["sink"].Arrivals.Count);
    }

    [Fact]
    public async Task Gateway_under_nohup_survives_closing_its_terminal()
    {
        await using var gateway = await GatewayProcess.StartAsync(Setup() with { Under = [.. WithAllSignals, "nohup"] });

        for (var number = 1; number <= 3; number++)
        {
            await gateway.SignalAsync("HUP");
            Assert.Equal(200, (await gateway.PostAsync(Some.Event(number))).Status);
        }

        Assert.Equal(0, await gateway.StopAsync());
    }

    [Fact]
    public async Task Repeated_HUP_or_TERM_does_not_cut_the_shutdown_short()
    {
        await using var gateway = await GatewayProcess.StartAsync(Setup());
        Assert.Equal(200, (await gateway.PostAsync(Some.Event(1))).Status);

        foreach (var signal in (string[])["TERM", "HUP", "HUP", "TERM", "INT"])
        {
            await gateway.SignalAsync(signal);
        }

        Assert.Equal(0, await gateway.EndAsync());
        Assert.Single(Store.Read(gateway.Setup.Database));
    }

    [Fact]
    public async Task Repeated_interrupt_ends_a_slow_shutdown()
    {
        await using var gateway = await GatewayProcess.StartAsync(Setup());
        using var slow = await gateway.ConnectAsync();
        await slow.SendAsync(Some.Event(1).Request().Head());
        await gateway.PostAsync(Some.Event(2));
        await gateway.SignalAsync("INT");

        await Eventually.AnswersTrueAsync(
            async () =>
            {
                await gateway.SignalAsync("INT");
                return !gateway.IsRunning;
            },
            "the gateway has ended");

        Assert.Equal(130, await gateway.EndAsync());
    }

    private GatewaySetup Setup() => new() { Folder = _folder.Path, Under = WithAllSignals };

    private static async Task<bool> IsReceivingAsync(GatewayProcess gateway)
    {
        try
        {
            using var client = await gateway.ConnectAsync();
            return gateway.IsRunning;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
