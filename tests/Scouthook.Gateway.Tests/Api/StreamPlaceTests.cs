using System.Net.ServerSentEvents;

namespace Scouthook.Gateway.Tests.Api;

/// <summary>Where a follower starts, and the keep-alives it gets while nothing happens.</summary>
public sealed class StreamPlaceTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private HostedGateway _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path });

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Follower_can_request_a_ping_every_second() =>
        Assert.Equal(["start", "ping", "ping"], (await ReadAsync("ping=1", count: 3)).Select(item => item.EventType));

    [Fact]
    public async Task Position_beyond_a_restored_backup_reports_a_gap_and_continues_at_the_end()
    {
        await _gateway.PostAsync(Some.Event(1));

        var items = await ReadAsync("ping=1&after=1000000", count: 3);

        Assert.Equal(["start", "gap", "ping"], items.Select(item => item.EventType));
        Assert.Equal("1", items[0].EventId);
    }

    [Fact]
    public async Task Proxies_are_asked_not_to_buffer_the_stream()
    {
        using var answer = await _gateway.Client.GetAsync(
            "/api/v1/stream", HttpCompletionOption.ResponseHeadersRead, Cancelled);

        Assert.Equal(["no"], answer.Headers.GetValues("X-Accel-Buffering"));
        Assert.True(answer.Headers.CacheControl is { NoStore: true, NoTransform: true });
    }

    [Theory]
    [InlineData("wait=0", "start")]
    [InlineData("wait=0&after=0", "start", "event", "event")]
    [InlineData("wait=60&after=0", "start", "event", "event")]
    [InlineData("wait=60&after=1", "start", "event")]
    [InlineData("wait=60&after=1000000", "start", "gap")]
    [InlineData("wait=1", "start", "ping")]
    [InlineData("wait=1&after=2&ping=60", "start", "ping")]
    public async Task Response_with_a_wait_ends_after_its_first_messages_or_at_the_timeout(string query, params string[] expected)
    {
        await _gateway.PostAsync(Some.Event(1));
        await _gateway.PostAsync(Some.Event(2));

        var items = await ReadAsync(query, int.MaxValue);

        Assert.Equal(expected, items.Select(item => item.EventType));
        Assert.Equal("2", items.Last(item => item.EventId is not null).EventId);
    }

    [Fact]
    public async Task Waiting_response_ends_with_the_changes_made_meanwhile()
    {
        using var answer = await _gateway.Client.GetAsync(
            "/api/v1/stream?wait=60", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancelled);
        var types = new List<string>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(Cancelled))
        {
            types.Add(item.EventType);
            if (item.EventType == "start")
            {
                await _gateway.PostAsync(Some.Event(1));
            }
        }

        Assert.Equal(["start", "event"], types);
    }

    private async Task<List<SseItem<string>>> ReadAsync(string query, int count)
    {
        using var answer = await _gateway.Client.GetAsync(
            $"/api/v1/stream?{query}", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancelled);
        return await SseParser.Create(stream).EnumerateAsync(Cancelled).Take(count).ToListAsync(Cancelled);
    }
}
