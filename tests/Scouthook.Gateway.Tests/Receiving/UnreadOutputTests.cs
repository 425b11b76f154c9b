using System.Text;

namespace Scouthook.Gateway.Tests.Receiving;

/// <summary>Output that is not read, as with a stopped terminal or a hanging log collector.</summary>
public sealed class UnreadOutputTests : IDisposable
{
    // Reads up to the startup banner, then keeps the pipe open without reading while the gateway runs.
    private const string Unread =
        "exec \"$0\" \"$@\" > >(sed -u '/store at/q'; exec tail --pid=$$ -f /dev/null > /dev/null 2>&1)";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Information")]
    [InlineData("Debug")]
    public async Task Unread_output_blocks_neither_responses_nor_a_clean_stop(string level)
    {
        var setup = new GatewaySetup
        {
            Folder = _folder.Path,
            Under = ["bash", "-c", Unread],
            Environment = new Dictionary<string, string> { ["Logging__LogLevel__Microsoft"] = level },
        };
        await using var gateway = await GatewayProcess.StartAsync(setup);
        var forged = Some.Event(0).Unsigned().Signed(Convert.ToBase64String(new byte[20]));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var client = await gateway.ConnectAsync();
            for (var number = 0; number < 200; number++)
            {
                Assert.Equal(401, (await client.ExchangeAsync(forged))?.Status);
            }
        }));

        for (var number = 1; number <= 50; number++)
        {
            Assert.Equal(200, (await gateway.PostAsync(Some.Event(number))).Status);
            Assert.Equal(200, (await gateway.PostAsync(
                new SentEvent("tag.created", Encoding.UTF8.GetBytes($"not JSON {number}")))).Status);
        }

        var (status, _) = await gateway.ReadyAsync();
        Assert.Equal(System.Net.HttpStatusCode.OK, status);
        var started = TimeProvider.System.GetTimestamp();
        await gateway.TerminateAsync();
        Assert.Equal(0, await gateway.EndAsync());
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
        Assert.Equal(100, Store.Read(gateway.Setup.Database).Count);
    }
}
