using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Listening;

/// <summary>Injects every fault a listener survives, in random order and overlapping.</summary>
public sealed class ListenerChaosTests : IAsyncLifetime
{
    private ListeningTool _listening = null!;

    public async ValueTask InitializeAsync() => _listening = await ListeningTool.StartAsync();

    public ValueTask DisposeAsync() => _listening.DisposeAsync();

    [Fact]
    public async Task Events_arrive_once_and_in_order_whatever_fails()
    {
        Assert.SkipUnless(Rounds.Long, "set SCOUTHOOK_LONG=1");
        await _listening.SeparateGatewayAsync();
        var random = new Random(7);
        await _listening.ListenAsync();
        for (var round = 0; round < 40; round++)
        {
            await _listening.PostAsync(random.Next(20));
            var undo = await InjectAsync(random.Next(5));
            if (_listening.Gateway.IsRunning)
            {
                await _listening.PostAsync(random.Next(20));
            }

            await undo();
        }

        await _listening.AssertAllForwardedAsync();
    }

    private async Task<Func<Task>> InjectAsync(int fault)
    {
        switch (fault)
        {
            case 0:
                return await _listening.KillGatewayAsync();
            case 1:
                _listening.ToGateway.Cut();
                break;
            case 2:
                _listening.ToGateway.DropTraffic();
                break;
            case 3:
                // A cut between a request and its response would rightly make the tool send that event again.
                await _listening.AssertAllForwardedAsync();
                _listening.ToLocal.Cut();
                break;
            default:
                await _listening.Tool.SignalAsync("STOP");
                return () => _listening.Tool.SignalAsync("CONT");
        }

        return () =>
        {
            _listening.ToGateway.Restore();
            _listening.ToLocal.Restore();
            return Task.CompletedTask;
        };
    }
}
