using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scouthook.Inbox.Tests.Storage.PostgreSql;

/// <summary>Forwards connections to a server; on request, it passes a COMMIT on and closes the connection instead of its answer.</summary>
internal sealed class CommitCutter : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _server;
    private readonly Task _accepting;

    private CommitCutter(TcpListener listener, int server)
    {
        _listener = listener;
        _server = server;
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public bool CutsCommits { get; set; }

    public static Task<CommitCutter> StartAsync(int server)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return Task.FromResult(new CommitCutter(listener, server));
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync();
            _ = ForwardAsync(client);
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(IPAddress.Loopback, _server);
            var isCut = false;
            var answers = PumpAsync(server, client, mayPass: _ => !isCut);
            var requests = PumpAsync(client, server, bytes =>
            {
                // The whole statement: the words of an isolation level begin in the same way.
                isCut |= CutsCommits && Encoding.ASCII.GetString(bytes.Span).Contains("COMMIT\0", StringComparison.Ordinal);
                return true;
            });
            await Task.WhenAny(answers, requests);
        }
    }

    /// <summary>Passes bytes on until one side closes its end, or until they may not pass.</summary>
    private static async Task PumpAsync(TcpClient from, TcpClient to, Func<ReadOnlyMemory<byte>, bool> mayPass)
    {
        var buffer = new byte[64 * 1024];
        while (await from.GetStream().ReadAsync(buffer) is > 0 and var read && mayPass(buffer.AsMemory(0, read)))
        {
            await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
