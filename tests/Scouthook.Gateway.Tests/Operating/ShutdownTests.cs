namespace Scouthook.Gateway.Tests.Operating;

/// <summary>Graceful shutdown.</summary>
public sealed class ShutdownTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stop_during_requests_keeps_every_acknowledged_event()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = _folder.Path });
        var load = new Load(gateway.Port, Some.Events(int.MaxValue));
        var running = load.RunAsync(32, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => load.Acknowledged.Count > 200, "events are being acknowledged");

        var exitCode = await gateway.StopAsync();
        await running;

        Figures.Print($"stopped amid {load.Acknowledged.Count} events");
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("fail:", gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("crit:", gateway.Output, StringComparison.Ordinal);
        Store.Holds(gateway.Setup.Database, load.Acknowledged, load.Sent.ContainsKey);
    }

    [Fact]
    public async Task Stop_waits_for_a_running_commit()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = _folder.Path });
        var sent = Some.Event(1);
        using var client = await gateway.ConnectAsync();
        RawAnswer? answer;
        using (Store.Block(gateway.Setup.Database))
        {
            await client.SendAsync(sent.Request().ToBytes());
            await Eventually.AnswersTrueAsync(
                async () => (await gateway.MetricsAsync()).Contains(
                    "scouthook_receive_body_size_bytes_count{", StringComparison.Ordinal),
                "the event waits for its commit");
            await gateway.TerminateAsync();
        }

        answer = await client.ReadAsync();

        Assert.Equal(200, answer?.Status);
        Assert.Equal(0, await gateway.EndAsync());
        Assert.Equal(sent.Hash, Store.Read(gateway.Setup.Database).Single().Hash);
    }

    [Fact]
    public async Task Stop_does_not_wait_for_an_idle_sender()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = _folder.Path });
        using var idle = await gateway.ConnectAsync();
        await idle.ExchangeAsync(Some.Event(1).Request());
        using var slow = await gateway.ConnectAsync();
        await slow.SendAsync(Some.Event(2).Request().Head());
        await gateway.PostAsync(Some.Event(3));

        await gateway.TerminateAsync();

        // The active sender keeps its request running, so this connection was not closed by the exit of the
        // process.
        Assert.Null(await idle.ReadAsync());
        Assert.True(gateway.IsRunning);
    }

    [Fact]
    public async Task Stop_is_clean_even_if_a_sender_never_finishes()
    {
        Assert.SkipUnless(Rounds.Long, "It lasts as long as a stop may last: SCOUTHOOK_LONG=1.");
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = _folder.Path });
        using var slow = await gateway.ConnectAsync();
        await slow.SendAsync(Some.Event(1).Request().Head());
        await gateway.PostAsync(Some.Event(2));

        // After 30 seconds the tool would terminate it with a different exit code.
        Assert.Equal(0, await gateway.StopAsync());
    }
}
