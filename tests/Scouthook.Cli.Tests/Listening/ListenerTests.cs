using Scouthook.Cli.Tests.Support;
using Scouthook.Signing;

namespace Scouthook.Cli.Tests.Listening;

/// <summary>Following a gateway, through everything that happens on the way.</summary>
public sealed class ListenerTests : IAsyncLifetime
{
    private const int Some = 8;

    private ListeningTool _listening = null!;

    public async ValueTask InitializeAsync() => _listening = await ListeningTool.StartAsync();

    public ValueTask DisposeAsync() => _listening.DisposeAsync();

    [Fact]
    public async Task Events_come_once_in_order_with_the_bytes_and_headers_of_Help_Scout()
    {
        await _listening.PostAsync(Some);
        await _listening.ListenAsync("--after", "0");
        await _listening.PostAsync(Some);

        await _listening.HasForwardedAllAsync();

        Assert.All(_listening.Local.Arrivals, arrival =>
        {
            Assert.Equal(
                SignatureVerification.Valid,
                HelpScoutSignature.Verify(arrival.Headers["X-HelpScout-Signature"], arrival.Body, GatewaySetup.Secret));
            Assert.Equal("convo.status", arrival.Headers["X-HelpScout-Event"]);
            Assert.Equal("Help Scout/Webhooks", arrival.Headers["User-Agent"]);
            Assert.Equal("UTF-8", arrival.Headers["Accept-Encoding"]);
            Assert.Equal("application/json", arrival.Headers["Content-Type"]);
        });
        Assert.Equal(Enumerable.Range(1, 2 * Some), _listening.Local.Arrivals.Select(arrival => (int)arrival.Sequence));
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Signal_that_asks_it_to_end_is_its_expected_end(string signal)
    {
        await _listening.ListenAsync();

        await _listening.Tool.SignalAsync(signal);
        var run = await _listening.Tool.EndAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Stopped. Resume with --after ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_it_ends_with_0_and_says_where_to_go_on()
    {
        await _listening.ListenAsync("--secret", "another-secret");
        await _listening.PostAsync(Some);
        await _listening.HasForwardedAllAsync();
        await _listening.Tool.InterruptAsync();
        var run = await _listening.Tool.EndAsync();
        var place = run.Output.Split("--after ")[1].Split('.')[0];
        await _listening.PostAsync(Some);
        await _listening.ListenAsync("--after", place);

        await _listening.HasForwardedAllAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var first = _listening.Local.Arrivals[0];
        Assert.Equal(
            SignatureVerification.Valid,
            HelpScoutSignature.Verify(first.Headers["X-HelpScout-Signature"], first.Body, "another-secret"));
    }

    [Fact]
    public async Task Gateway_that_is_killed_and_comes_back_loses_nothing()
    {
        await _listening.ListenAsync();
        await _listening.PostAsync(Some);
        var startAgain = await _listening.KillGatewayAsync();
        await _listening.SaysAsync("Not connected: ");
        await startAgain();
        await _listening.PostAsync(Some);

        await _listening.SaysAsync("Connected to ");
        await _listening.HasForwardedAllAsync();
    }

    [Fact]
    public async Task Gateway_that_stops_as_it_should_is_told_of_too()
    {
        await _listening.ListenAsync("--silence", "1m");

        await _listening.Gateway.StopAsync();

        await _listening.SaysAsync("Not connected: the gateway closed the connection");
    }

    [Fact]
    public async Task Network_that_breaks_loses_nothing()
    {
        await _listening.ListenAsync();
        for (var round = 0; round < 3; round++)
        {
            await _listening.PostAsync(Some);
            _listening.ToGateway.Cut();
            await _listening.PostAsync(Some);
            await _listening.SaysAsync("Not connected: ");
            _listening.ToGateway.Mend();
            await _listening.SaysAsync("Connected to ");
        }

        await _listening.HasForwardedAllAsync();
    }

    [Fact]
    public async Task Network_that_falls_silent_is_noticed_and_loses_nothing()
    {
        await _listening.ListenAsync();
        await _listening.PostAsync(Some);
        await _listening.HasForwardedAllAsync();
        _listening.ToGateway.FallSilent();
        await _listening.PostAsync(Some);

        await _listening.SaysAsync("no data for 3 seconds");

        _listening.ToGateway.Mend();
        await _listening.HasForwardedAllAsync();
    }

    [Fact]
    public async Task Quiet_gateway_is_not_taken_for_a_silent_one()
    {
        await _listening.ListenAsync("--silence", "6s");
        var started = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(
            () => TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(8), "more than the silence has passed");

        await _listening.PostAsync(1);
        var said = await _listening.Tool.ReadUntilAsync(line => line.Contains("convo.status", StringComparison.Ordinal));

        Assert.DoesNotContain("Not connected", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Local_url_that_is_down_for_a_while_is_waited_for()
    {
        await _listening.ListenAsync();
        await _listening.PostAsync(Some);
        await _listening.HasForwardedAllAsync();
        _listening.ToLocal.Cut();
        await _listening.PostAsync(Some);
        await _listening.SaysAsync("Waiting for http://127.0.0.1:");
        await _listening.PostAsync(Some);
        _listening.ToLocal.Mend();

        await _listening.HasForwardedAllAsync();
    }

    [Fact]
    public async Task Answer_of_the_local_url_is_shown_and_not_asked_for_twice()
    {
        _listening.Local.Answer = (_, _) => Task.FromResult(500);
        await _listening.ListenAsync();
        await _listening.PostAsync(2);

        await _listening.Tool.ReadUntilAsync(line =>
            line.Contains(" 2  500", StringComparison.Ordinal));

        Assert.Equal([1, 2], _listening.Local.Arrivals.Select(arrival => arrival.Sequence));
    }

    [Fact]
    public async Task Tool_that_slept_gets_everything_when_it_wakes()
    {
        await _listening.ListenAsync();
        await _listening.PostAsync(1);
        await _listening.HasForwardedAllAsync();
        await _listening.Tool.SignalAsync("STOP");
        _listening.ToGateway.FallSilent();
        await _listening.PostAsync(3 * Some);
        _listening.ToGateway.Mend();
        await _listening.Tool.SignalAsync("CONT");

        await _listening.HasForwardedAllAsync();
    }

    [Theory]
    [InlineData("viewer", "role")]
    [InlineData(null, "Unknown API key")]
    public async Task Key_that_is_not_enough_ends_it_with_1(string? role, string told)
    {
        await _listening.PostAsync(1);
        var key = role is null ? "shk_unknown" : (string)(await _listening.Gateway.Client.PostJsonAsync(
            "keys", new { name = role, role }, System.Net.HttpStatusCode.Created))["key"]!;

        await using var tool = _listening.Start(key, "--after", "0");
        var run = await tool.EndAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Empty(_listening.Local.Arrivals);
    }
}
