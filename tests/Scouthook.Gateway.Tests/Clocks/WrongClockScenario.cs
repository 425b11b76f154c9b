using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Clocks;

/// <summary>A real gateway whose wall clock is set forward and back while it runs.</summary>
/// <remarks>Most of these tests wait for a minute or so: a class each, so that they wait side by side.</remarks>
public abstract class WrongClockScenario : IAsyncLifetime
{
    private readonly Folder _folder = new();

    protected WrongClockScenario() => Clock = new WrongClock(_folder.Path);

    private protected WrongClock Clock { get; }

    private protected Sink Sink { get; private set; } = null!;

    private protected GatewayProcess? Gateway { get; set; }

    private protected GatewaySetup Setup => Clock.Of(new GatewaySetup { Folder = _folder.Path });

    public async ValueTask InitializeAsync() => Sink = await Sink.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await (Gateway?.DisposeAsync() ?? default);
        await Sink.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<IReadOnlyList<JsonNode>> JumpsAsync(int least)
    {
        IReadOnlyList<JsonNode> jumps = [];
        await Eventually.AnswersTrueAsync(
            async () => (jumps = await Gateway!.Client.EventsAsync("type=scouthook.clock.jumped")).Count >= least,
            "the jumps are raised as operational events");
        return jumps;
    }
}
