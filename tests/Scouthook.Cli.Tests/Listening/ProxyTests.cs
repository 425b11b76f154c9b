using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Listening;

/// <summary>Following a gateway through a real nginx.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private const int Some = 3;
    private const string HeldBack = "a proxy in between buffers it";

    private ListeningTool _listening = null!;

    public async ValueTask InitializeAsync() => _listening = await ListeningTool.StartAsync();

    public ValueTask DisposeAsync() => _listening.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("gzip on; gzip_types *; gzip_min_length 0;")]
    [InlineData("proxy_buffering off;")]
    public async Task Bare_proxy_pass_passes_every_event_on_as_it_comes(string directives)
    {
        await _listening.BehindAsync(directives);
        _listening.Begin("--silence", "10m");
        var said = await _listening.SaysAsync("Connected to ");
        for (var number = 0; number < Some; number++)
        {
            await _listening.PostAsync(1);
            await _listening.HasForwardedAllAsync();
        }

        said += await _listening.StopAsync();
        Assert.DoesNotContain(HeldBack, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proxy_ignore_headers X-Accel-Buffering;")]
    [InlineData("proxy_ignore_headers X-Accel-Buffering; gzip on; gzip_types *;")]
    public async Task Proxy_that_buffers_all_the_same_is_named_and_no_event_is_missed(string directives)
    {
        await _listening.BehindAsync(directives);
        _listening.Begin("--silence", "20s");

        // The tool knows its place now, and its stream is about to be held back: what comes meanwhile must not be missed.
        await Eventually.TrueAsync(
            () => _listening.Proxy!.Finished.Contains("wait=0", StringComparison.Ordinal), "the tool has asked for its place");
        await _listening.PostAsync(Some);
        var said = await _listening.SaysAsync(HeldBack);
        await _listening.HasForwardedAllAsync();
        for (var number = 0; number < Some; number++)
        {
            await _listening.PostAsync(1);
            await _listening.HasForwardedAllAsync();
        }

        await _listening.StopAsync();
        Assert.Contains("its stream sent nothing for 5 seconds", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_killed_behind_a_proxy_that_buffers_and_started_again_loses_nothing()
    {
        await _listening.BehindAsync("proxy_ignore_headers X-Accel-Buffering;");
        _listening.Begin("--silence", "20s");
        await _listening.SaysAsync(HeldBack);
        await _listening.PostAsync(Some);
        await _listening.HasForwardedAllAsync();
        var startAgain = await _listening.KillGatewayAsync();
        await _listening.SaysAsync("Not connected: ");
        await startAgain();
        await _listening.PostAsync(Some);

        await _listening.HasForwardedAllAsync();
    }

    [Fact]
    public async Task Network_that_is_silent_from_the_start_is_not_taken_for_a_proxy()
    {
        _listening.ToGateway.FallSilent();
        _listening.Begin();

        var said = await _listening.SaysAsync("Not connected: ");

        Assert.Contains("no data for 3 seconds", said, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy", said, StringComparison.Ordinal);
    }
}
