using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>Clients that disconnect, mixed with others that must not be affected.</summary>
[Collection(AloneCollection.Name)]
public sealed class AbortingClientTests : IDisposable
{
    private const int Seed = 4711;
    private const long OfAborting = 1_000_000_000;

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Aborting_clients_affect_no_event_of_others()
    {
        var good = Rounds.Of(10_000, 100_000);
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = _folder.Path });
        using var done = new CancellationTokenSource();
        var whole = new ConcurrentDictionary<string, bool>();
        var half = new ConcurrentDictionary<string, bool>();
        var load = new Load(gateway.Port, Some.Events(good));

        var aborting = Enumerable.Range(0, 8).Select(number => Task.Run(
            () => AbortAllAsync(gateway.Port, number, whole, half, done.Token), done.Token)).ToList();
        var took = await load.RunAsync(16, TestContext.Current.CancellationToken);
        await done.CancelAsync();
        await Task.WhenAll(aborting);
        Assert.Equal(0, await gateway.StopAsync());

        Figures.Print($"{good} good events in {took.TotalSeconds:F1} s, with {half.Count} cut off and {whole.Count} aborted");
        Assert.Empty(load.Refused);
        Assert.Equal(good, load.Acknowledged.Count);
        Assert.True(half.Count > 20 && whole.Count > 20, "hardly anybody aborted");
        Store.Holds(
            gateway.Setup.Database, load.Acknowledged, hash => load.Sent.ContainsKey(hash) || whole.ContainsKey(hash));
        Assert.DoesNotContain("fail:", gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("crit:", gateway.Output, StringComparison.Ordinal);
    }

    private static async Task AbortAllAsync(
        int port, int number, ConcurrentDictionary<string, bool> whole, ConcurrentDictionary<string, bool> half,
        CancellationToken done)
    {
        var random = new Random(Seed + number);
        for (var next = OfAborting * (1 + number); !done.IsCancellationRequested; next++)
        {
            var sent = Some.Event(next);
            var bytes = sent.Request().ToBytes();
            var all = random.Next(2) == 0;
            (all ? whole : half)[sent.Hash] = true;
            try
            {
                using var client = await RawClient.ConnectAsync(port);
                await client.SendAsync(bytes.AsMemory(0, all ? bytes.Length : bytes.Length - random.Next(1, sent.Body.Length)));
                client.Abort();
            }
            catch (SocketException refused) when (refused.SocketErrorCode is SocketError.ConnectionReset)
            {
                // Connections are aborted faster than the gateway notices, so this address may exceed its connection limit.
            }
        }
    }
}
