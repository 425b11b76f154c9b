using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Listening;

/// <summary>Every fault that a listener survives, one after the other and one within the other.</summary>
public sealed class ListenerChaosTests : IAsyncLifetime
{
    private ListeningTool _listening = null!;

    public async ValueTask InitializeAsync() => _listening = await ListeningTool.StartAsync();

    public ValueTask DisposeAsync() => _listening.DisposeAsync();

    [Fact]
    public async Task Whatever_fails_events_come_once_and_in_order()
    {
        Assert.SkipUnless(Rounds.Long, "set SCOUTHOOK_LONG=1");
        var random = new Random(7);
        await _listening.ListenAsync();
        for (var round = 0; round < 40; round++)
        {
            await _listening.PostAsync(random.Next(20));
            var undo = await FailAsync(random.Next(5));
            if (_listening.Gateway.IsRunning)
            {
                await _listening.PostAsync(random.Next(20));
            }

            await undo();
        }

        await _listening.HasForwardedAllAsync();
    }

    private async Task<Func<Task>> FailAsync(int fault)
    {
        switch (fault)
        {
            case 0:
                return await _listening.KillGatewayAsync();
            case 1:
                _listening.ToGateway.Cut();
                break;
            case 2:
                _listening.ToGateway.FallSilent();
                break;
            case 3:
                // Cut off between a post and its answer, the same event would rightly come again.
                await _listening.HasForwardedAllAsync();
                _listening.ToLocal.Cut();
                break;
            default:
                await _listening.Tool.SignalAsync("STOP");
                return () => _listening.Tool.SignalAsync("CONT");
        }

        return () =>
        {
            _listening.ToGateway.Mend();
            _listening.ToLocal.Mend();
            return Task.CompletedTask;
        };
    }
}
