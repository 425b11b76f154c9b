using Scouthook.Gateway.Tests.Support;

namespace Scouthook.Gateway.Tests.Delivering;

/// <summary>An endpoint that is paused and resumed.</summary>
public sealed class PauseTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private Sink _sink = null!;

    public async ValueTask InitializeAsync() => _sink = await Sink.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_comes_during_a_pause_is_delivered_in_order_after_it()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering().To("sink", _sink["sink"]));
        var id = (await gateway.Client.EndpointAsync("sink"))["id"];
        await gateway.PostAsync(Some.Step(1, 0));
        await Eventually.TrueAsync(() => _sink["sink"].TakenCount == 1, "the first event has arrived");

        // Several times, and no longer than a person takes to see that it was the wrong one.
        for (var pause = 1; pause <= 3; pause++)
        {
            var paused = await gateway.Client.PostJsonAsync($"endpoints/{id}/pause");
            Assert.Equal("paused", (string?)paused["state"]);
            for (var step = 1; step <= 5; step++)
            {
                await gateway.PostAsync(Some.Step(1, 10 * pause + step));
            }

            Assert.Equal(1 + 5 * (pause - 1), _sink["sink"].Arrivals.Count);
            var resumed = await gateway.Client.PostJsonAsync($"endpoints/{id}/resume");
            Assert.Equal("enabled", (string?)resumed["state"]);
            await Eventually.TrueAsync(
                () => _sink["sink"].TakenCount == 1 + 5 * pause, $"what came during pause {pause} has arrived");
        }

        DeliveryOrder.Rises(_sink["sink"].Arrivals, _ => "the conversation");
    }
}
