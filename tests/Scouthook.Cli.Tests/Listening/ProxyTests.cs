using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Listening;

/// <summary>Follows a gateway through a real nginx.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private const int Batch = 3;
    private const string BufferingNotice = "a proxy in between buffers it";

    private ListeningTool _listening = null!;

    public async ValueTask InitializeAsync() => _listening = await ListeningTool.StartAsync();

    public ValueTask DisposeAsync() => _listening.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("gzip on; gzip_types *; gzip_min_length 0;")]
    [InlineData("proxy_buffering off;")]
    public async Task Plain_proxy_pass_forwards_every_event_at_once(string directives)
    {
        await _listening.AddProxyAsync(directives);
        _listening.Start("--silence", "10m");
        var output = await _listening.ReadUntilAsync("Connected to ");
        for (var number = 0; number < Batch; number++)
        {
            await _listening.PostAsync(1);
            await _listening.AssertAllForwardedAsync();
        }

        output += await _listening.StopAsync();
        Assert.DoesNotContain(BufferingNotice, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proxy_ignore_headers X-Accel-Buffering;")]
    [InlineData("proxy_ignore_headers X-Accel-Buffering; gzip on; gzip_types *;")]
    public async Task Proxy_that_still_buffers_is_reported_and_no_event_is_lost(string directives)
    {
        await _listening.AddProxyAsync(directives);
        _listening.Start("--silence", "20s");

        // The tool has its position, and the proxy is about to buffer its stream: events posted in between must not be lost.
        await Eventually.TrueAsync(
            () => _listening.Proxy!.Finished.Contains("wait=0", StringComparison.Ordinal), "the tool has read its position");
        await _listening.PostAsync(Batch);
        var output = await _listening.ReadUntilAsync(BufferingNotice);
        await _listening.AssertAllForwardedAsync();
        for (var number = 0; number < Batch; number++)
        {
            await _listening.PostAsync(1);
            await _listening.AssertAllForwardedAsync();
        }

        await _listening.StopAsync();
        Assert.Contains("its stream sent nothing for 5 seconds", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_restarted_behind_a_buffering_proxy_loses_no_event()
    {
        await _listening.SeparateGatewayAsync();
        await _listening.AddProxyAsync("proxy_ignore_headers X-Accel-Buffering;");
        _listening.Start("--silence", "20s");
        await _listening.ReadUntilAsync(BufferingNotice);
        await _listening.PostAsync(Batch);
        await _listening.AssertAllForwardedAsync();
        var startAgain = await _listening.KillGatewayAsync();
        await _listening.ReadUntilAsync("Not connected: ");
        await startAgain();
        await _listening.PostAsync(Batch);

        await _listening.AssertAllForwardedAsync();
    }

    [Fact]
    public async Task Connection_that_is_silent_from_the_start_is_not_mistaken_for_a_proxy()
    {
        _listening.ToGateway.DropTraffic();
        _listening.Start();

        var output = await _listening.ReadUntilAsync("Not connected: ");

        Assert.Contains("no data for 3 seconds", output, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy", output, StringComparison.Ordinal);
    }
}
