using System.Net;

namespace Scouthook.Gateway.Tests.Api;

/// <summary>Lists are read page by page while rows are added.</summary>
public sealed class PagingTests : IAsyncLifetime
{
    private const int Rows = 100;

    private readonly Folder _folder = new();
    private Sink _sink = null!;
    private HostedGateway _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _gateway = await HostedGateway.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering().To("well", _sink["well"]));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("events", "id")]
    [InlineData("deliveries", "id")]
    [InlineData("replays", "id")]
    [InlineData("audit", "target")]
    public async Task Every_existing_row_is_returned_once_whatever_is_added_meanwhile(string list, string key)
    {
        await AddAsync(list, 0, Rows);
        var before = await KeysAsync(list, key, "limit=500");
        Assert.True(before.Count >= Rows);

        var adding = AddAsync(list, Rows, Rows);
        var seen = new List<string>();
        string? cursor = null;
        var pages = 0;
        do
        {
            var page = await _gateway.Client.JsonAsync(
                $"/api/v1/{list}?limit=7{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            Assert.InRange(page["items"]!.AsArray().Count, 0, 7);
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item![key]!));
            cursor = (string?)page["next"];
            pages++;
            Assert.True(pages < 1_000, "the list has no end");
        }
        while (cursor is not null);

        await adding;
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(before, seen.Where(before.Contains));
        Assert.True((await KeysAsync(list, key, "limit=500")).Count >= 2 * Rows, "rows were added");
    }

    private async Task<List<string>> KeysAsync(string list, string key, string query) =>
        [.. (await _gateway.Client.JsonAsync($"/api/v1/{list}?{query}"))["items"]!.AsArray().Select(item => (string)item![key]!)];

    private async Task AddAsync(string list, int from, int count)
    {
        if (list is "events" or "deliveries")
        {
            await new Load(_gateway.Port, Some.Events(count, from)).RunAsync(4, Cancelled);
            await Eventually.TrueAsync(() => _sink["well"].TakenCount >= from + count, "all are delivered");
            return;
        }

        for (var number = 0; number < count; number++)
        {
            // Each one also adds an entry to the audit log.
            await _gateway.Client.PostJsonAsync("replays", new { types = new[] { "tag.*" } }, HttpStatusCode.Accepted);
        }
    }
}
