using System.Net.ServerSentEvents;
using Scouthook.Gateway.Tests.Support;

namespace Scouthook.Gateway.Tests.Api;

/// <summary>Where a follower begins, and what it hears while nothing happens.</summary>
public sealed class StreamPlaceTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private GatewayProcess _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = _folder.Path });

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Follower_that_asks_for_it_hears_every_second_that_the_gateway_is_there() =>
        Assert.Equal(["start", "ping", "ping"], (await ReadAsync("ping=1", count: 3)).Select(item => item.EventType));

    [Fact]
    public async Task Place_of_a_store_that_was_put_back_since_is_a_gap_and_the_end()
    {
        await _gateway.PostAsync(Some.Event(1));

        var items = await ReadAsync("ping=1&after=1000000", count: 3);

        Assert.Equal(["start", "gap", "ping"], items.Select(item => item.EventType));
        Assert.Equal("1", items[0].EventId);
    }

    private async Task<List<SseItem<string>>> ReadAsync(string query, int count)
    {
        using var answer = await _gateway.Client.GetAsync(
            $"/api/v1/stream?{query}", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancelled);
        return await SseParser.Create(stream).EnumerateAsync(Cancelled).Take(count).ToListAsync(Cancelled);
    }
}
