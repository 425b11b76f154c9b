namespace Scouthook.Gateway.Tests.Durability;

/// <summary>Traces system calls to check that an event is on disk before its response is sent.</summary>
/// <remarks>
/// Killing the process cannot show this, because the page cache outlives it. Verified with <c>synchronous=OFF</c>: every
/// response is reported as too early here, while the tests that kill the process pass.
/// </remarks>
public sealed class SyncOrderTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 100)]
    [InlineData(32, 2_000)]
    public async Task No_response_is_sent_before_its_commit_is_on_disk(int connections, int events)
    {
        var file = _folder["trace.txt"];
        // -D makes strace the child and the gateway the started process. -y prints the names of files and sockets.
        var gateway = await GatewayProcess.StartAsync(new GatewaySetup
        {
            Folder = _folder.Path,
            Under =
            [
                "strace", "-D", "-f", "-y", "-qq", "--seccomp-bpf", "-s", "64", "-o", file,
                "-e", "trace=fdatasync,fsync,sendto,writev,sendmsg,write,pwrite64",
            ],
        });
        var load = new Load(gateway.Port, Some.Events(events));
        await using (gateway)
        {
            await load.RunAsync(connections, TestContext.Current.CancellationToken);
            Assert.Equal(0, await gateway.StopAsync());
        }

        var trace = SyncTrace.Read(file);

        Assert.Equal(events, load.Acknowledged.Count);
        Assert.Equal(events, trace.Answers);
        Assert.True(
            trace.TooEarly.Count == 0,
            $"{trace.TooEarly.Count} of {events} answers left before a sync, the first in line {trace.TooEarly.FirstOrDefault()}");
        Figures.Print($"{connections} connections: {events} answers, {trace.Syncs} syncs of the log, none too early");
        Assert.True(connections > 1 || trace.Syncs >= events, $"{trace.Syncs} syncs for {events} events, one at a time");
    }
}
