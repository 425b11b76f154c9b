using Scouthook.Cli.Tests.Support;
using Scouthook.Signing;

namespace Scouthook.Cli.Tests.Listening;

/// <summary>Follows a gateway through restarts and network failures.</summary>
public sealed class ListenerTests : IAsyncLifetime
{
    private const int Batch = 8;

    private ListeningTool _listening = null!;

    public async ValueTask InitializeAsync() => _listening = await ListeningTool.StartAsync();

    public ValueTask DisposeAsync() => _listening.DisposeAsync();

    [Fact]
    public async Task Events_arrive_once_in_order_with_the_bytes_and_headers_Help_Scout_sent()
    {
        await _listening.PostAsync(Batch);
        await _listening.ListenAsync("--after", "0");
        await _listening.PostAsync(Batch);

        await _listening.AssertAllForwardedAsync();

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
        Assert.Equal(Enumerable.Range(1, 2 * Batch), _listening.Local.Arrivals.Select(arrival => (int)arrival.Sequence));
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Termination_signal_exits_with_0(string signal)
    {
        await _listening.ListenAsync();

        await _listening.Tool.SignalAsync(signal);
        var run = await _listening.Tool.EndAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Stopped. Resume with --after ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupt_says_where_to_resume_and_resuming_misses_nothing()
    {
        await _listening.ListenAsync("--secret", "another-secret");
        await _listening.PostAsync(Batch);
        await _listening.AssertAllForwardedAsync();
        await _listening.Tool.InterruptAsync();
        var run = await _listening.Tool.EndAsync();
        var position = run.Output.Split("--after ")[1].Split('.')[0];
        await _listening.PostAsync(Batch);
        await _listening.ListenAsync("--after", position);

        await _listening.AssertAllForwardedAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var first = _listening.Local.Arrivals[0];
        Assert.Equal(
            SignatureVerification.Valid,
            HelpScoutSignature.Verify(first.Headers["X-HelpScout-Signature"], first.Body, "another-secret"));
    }

    [Fact]
    public async Task Killed_and_restarted_gateway_loses_no_event()
    {
        await _listening.SeparateGatewayAsync();
        await _listening.ListenAsync();
        await _listening.PostAsync(Batch);
        var startAgain = await _listening.KillGatewayAsync();
        await _listening.ReadUntilAsync("Not connected: ");
        await startAgain();
        await _listening.PostAsync(Batch);

        await _listening.ReadUntilAsync("Connected to ");
        await _listening.AssertAllForwardedAsync();
    }

    [Fact]
    public async Task Clean_stop_of_the_gateway_is_reported()
    {
        await _listening.ListenAsync("--silence", "1m");

        await _listening.Gateway.StopAsync();

        await _listening.ReadUntilAsync("Not connected: the gateway closed the connection");
    }

    [Fact]
    public async Task Broken_connection_loses_no_event()
    {
        await _listening.ListenAsync();
        for (var round = 0; round < 3; round++)
        {
            await _listening.PostAsync(Batch);
            _listening.ToGateway.Cut();
            await _listening.PostAsync(Batch);
            await _listening.ReadUntilAsync("Not connected: ");
            _listening.ToGateway.Restore();
            await _listening.ReadUntilAsync("Connected to ");
        }

        await _listening.AssertAllForwardedAsync();
    }

    [Fact]
    public async Task Silent_connection_is_detected_and_loses_no_event()
    {
        await _listening.ListenAsync();
        await _listening.PostAsync(Batch);
        await _listening.AssertAllForwardedAsync();
        _listening.ToGateway.DropTraffic();
        await _listening.PostAsync(Batch);

        await _listening.ReadUntilAsync("no data for 3 seconds");

        _listening.ToGateway.Restore();
        await _listening.AssertAllForwardedAsync();
    }

    [Fact]
    public async Task Idle_gateway_is_not_mistaken_for_a_silent_connection()
    {
        await _listening.ListenAsync("--silence", "6s");
        var started = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(
            () => TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(8), "more time than --silence has passed");

        await _listening.PostAsync(1);
        var output = await _listening.Tool.ReadUntilAsync(line => line.Contains("convo.status", StringComparison.Ordinal));

        Assert.DoesNotContain("Not connected", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listener_waits_while_the_local_URL_is_down()
    {
        await _listening.ListenAsync();
        await _listening.PostAsync(Batch);
        await _listening.AssertAllForwardedAsync();
        _listening.ToLocal.Cut();
        await _listening.PostAsync(Batch);
        await _listening.ReadUntilAsync("Waiting for http://127.0.0.1:");
        await _listening.PostAsync(Batch);
        _listening.ToLocal.Restore();

        await _listening.AssertAllForwardedAsync();
    }

    [Fact]
    public async Task Failed_response_of_the_local_URL_is_shown_and_not_retried()
    {
        _listening.Local.Answer = (_, _) => Task.FromResult(500);
        await _listening.ListenAsync();
        await _listening.PostAsync(2);

        await _listening.Tool.ReadUntilAsync(line =>
            line.Contains(" 2  500", StringComparison.Ordinal));

        Assert.Equal([1, 2], _listening.Local.Arrivals.Select(arrival => arrival.Sequence));
    }

    [Fact]
    public async Task Suspended_tool_catches_up_when_it_continues()
    {
        await _listening.ListenAsync();
        await _listening.PostAsync(1);
        await _listening.AssertAllForwardedAsync();
        await _listening.Tool.SignalAsync("STOP");
        _listening.ToGateway.DropTraffic();
        await _listening.PostAsync(3 * Batch);
        _listening.ToGateway.Restore();
        await _listening.Tool.SignalAsync("CONT");

        await _listening.AssertAllForwardedAsync();
    }

    [Theory]
    [InlineData("viewer", "role")]
    [InlineData(null, "Unknown API key")]
    public async Task Insufficient_key_exits_with_1(string? role, string expected)
    {
        await _listening.PostAsync(1);
        var key = role is null ? "shk_unknown" : (string)(await _listening.Gateway.Client.PostJsonAsync(
            "keys", new { name = role, role }, System.Net.HttpStatusCode.Created))["key"]!;

        await using var tool = _listening.StartWith(key, "--after", "0");
        var run = await tool.EndAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(_listening.Local.Arrivals);
    }
}
