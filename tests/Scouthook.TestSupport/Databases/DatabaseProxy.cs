using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scouthook.TestSupport.Databases;

/// <summary>Forwards connections to a PostgreSQL server, and misbehaves on request.</summary>
internal sealed class DatabaseProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _server;
    private readonly Task _accepting;

    private DatabaseProxy(TcpListener listener, int server)
    {
        _listener = listener;
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _server = server;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>True to pass a COMMIT on, and close the connection instead of passing its answer back.</summary>
    public bool CutsCommits { get; set; }

    /// <summary>True for the requests at which a connection is closed, instead of passing their answer back.</summary>
    public Func<string, bool>? Cuts { get; set; }

    /// <summary>True to pass nothing on, without closing anything, as a network that has lost a machine.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Two digits that the server gives as its version; <see langword="null"/> for its own.</summary>
    public string? Version { get; set; }

    public static DatabaseProxy Start(int server, int port = 0)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return new DatabaseProxy(listener, server);
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
            await SpeakAsync();
            await server.ConnectAsync(IPAddress.Loopback, _server);
            var isCut = false;
            var answers = PumpAsync(server, client, bytes =>
            {
                Rename(bytes.Span);
                return !isCut;
            });
            var requests = PumpAsync(client, server, bytes =>
            {
                // The whole statement: the words of an isolation level begin in the same way.
                isCut |= CutsCommits && Encoding.ASCII.GetString(bytes.Span).Contains("COMMIT\0", StringComparison.Ordinal);
                isCut |= Cuts is { } cuts && cuts(Encoding.ASCII.GetString(bytes.Span));
                return true;
            });
            await Task.WhenAny(answers, requests);
        }
    }

    /// <summary>Passes bytes on until one side closes its end, or until they may not pass.</summary>
    private async Task PumpAsync(TcpClient from, TcpClient to, Func<Memory<byte>, bool> mayPass)
    {
        var buffer = new byte[64 * 1024];
        while (await from.GetStream().ReadAsync(buffer) is > 0 and var read && mayPass(buffer.AsMemory(0, read)))
        {
            await SpeakAsync();
            await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
        }
    }

    private async Task SpeakAsync()
    {
        while (IsSilent)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }

    private void Rename(Span<byte> answer)
    {
        var name = "server_version\0"u8;
        if (Version is { } version && answer.IndexOf(name) is >= 0 and var at)
        {
            Encoding.ASCII.GetBytes(version, answer[(at + name.Length)..]);
        }
    }
}
