using System.Globalization;

namespace Scouthook.Gateway.Tests.Receiving;

/// <summary>The responses while no commit succeeds because another program holds the write lock.</summary>
public sealed class BusyStoreTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commit_timeout_returns_503_and_later_requests_are_stored_once()
    {
        await using var gateway = await HostedGateway.StartAsync(
            Setup().With("Scouthook:Receiver:CommitTimeout", "1s"));
        var first = Some.Event(1);
        Assert.Equal(200, (await gateway.PostAsync(first)).Status);

        var late = Some.Event(2);
        RawAnswer refused;
        TimeSpan waited;
        using (Store.Block(gateway.Setup.Database))
        {
            var started = TimeProvider.System.GetTimestamp();
            refused = await gateway.PostAsync(late);
            waited = TimeProvider.System.GetElapsedTime(started);
        }

        AssertComeAgain(refused);
        Assert.True(waited > TimeSpan.FromSeconds(0.9), $"it was rejected after {waited}");
        Assert.Equal(200, (await gateway.PostAsync(late)).Status);
        Assert.Equal(2, (await gateway.Client.EventsAsync()).Count);
    }

    [Fact]
    public async Task Locked_store_returns_503_after_the_commit_has_failed()
    {
        await using var gateway = await HostedGateway.StartAsync(
            Setup().With("Scouthook:Receiver:CommitTimeout", "30s"));
        var sent = Some.Event(1);

        RawAnswer refused;
        using (Store.Block(gateway.Setup.Database))
        {
            refused = await gateway.PostAsync(sent);
        }

        AssertComeAgain(refused);
        Assert.Empty(await gateway.Client.EventsAsync());
        Assert.Contains(
            "send them again (1 since the last message)", await gateway.LineAsync("[4001]"), StringComparison.Ordinal);
        Assert.Equal(200, (await gateway.PostAsync(sent)).Status);
    }

    [Fact]
    public async Task Requests_beyond_the_waiting_limit_get_503_at_once_and_waiting_ones_are_stored()
    {
        await using var gateway = await HostedGateway.StartAsync(
            Setup().With("Scouthook:Receiver:CommitTimeout", "30s").With("Scouthook:Receiver:MaxBytesInFlight", 100_000));
        var waiting = Enumerable.Range(1, 4).Select(number => Some.Large(number, 20_000)).ToList();
        var tooMuch = Some.Large(5, 40_000);

        RawAnswer refused;
        List<RawClient> clients = [];
        using (Store.Block(gateway.Setup.Database))
        {
            foreach (var sent in waiting)
            {
                clients.Add(await gateway.ConnectAsync());
                await clients[^1].SendAsync(sent.Request().ToBytes());
            }

            await Eventually.AnswersTrueAsync(
                async () => (await gateway.MetricsAsync()).Contains(
                    "scouthook_receive_body_size_bytes_count{scouthook_source=\"default\"} 4", StringComparison.Ordinal),
                "four events wait");
            refused = await gateway.PostAsync(tooMuch);
        }

        AssertComeAgain(refused);

        // If it had waited like them, they would have been rejected by then: the store gives up on a lock after a few
        // seconds.
        foreach (var client in clients)
        {
            Assert.Equal(200, (await client.ReadAsync())?.Status);
            client.Dispose();
        }

        Assert.Equal(4, (await gateway.Client.EventsAsync()).Count);
        Assert.Equal(200, (await gateway.PostAsync(tooMuch)).Status);
    }

    [Fact]
    public async Task Reading_continues_while_nothing_can_be_written()
    {
        await using var gateway = await HostedGateway.StartAsync(Setup());
        await gateway.PostAsync(Some.Event(1));

        using (Store.Block(gateway.Setup.Database))
        {
            Assert.Single(await gateway.Client.EventsAsync());
        }
    }

    private GatewaySetup Setup() => new() { Folder = _folder.Path };

    private static void AssertComeAgain(RawAnswer answer)
    {
        Assert.Equal(503, answer.Status);
        Assert.Equal("application/problem+json", answer["Content-Type"]);
        Assert.InRange(int.Parse(answer["Retry-After"]!, CultureInfo.InvariantCulture), 1, 60);
    }
}
