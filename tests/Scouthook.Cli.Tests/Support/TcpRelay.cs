using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Scouthook.Cli.Tests.Support;

/// <summary>Carries bytes between clients and a port of this machine, and fails as networks do.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Connection> _connections = [];
    private readonly Func<int> _to;
    private readonly Task _accepting;
    private volatile bool _isCut;
    private volatile bool _isSilent;

    /// <param name="to">The port to carry to, asked for each connection.</param>
    public TcpRelay(Func<int> to)
    {
        _to = to;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Breaks all connections, and every new one at once.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    /// <summary>Lets no byte through any more, in connections that stay open: nobody is told.</summary>
    public void FallSilent()
    {
        _isSilent = true;
        foreach (var connection in _connections)
        {
            connection.IsSilent = true;
        }
    }

    /// <summary>Takes new connections again. What had fallen silent stays so, as the way back to it is forgotten.</summary>
    public void Mend() => _isCut = _isSilent = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        await Task.WhenAll(_connections.Select(connection => connection.Carrying));
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                _connections.Add(new Connection(client, _isCut ? null : _to(), _isSilent));
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException)
        {
            // It is over.
        }
    }

    private sealed class Connection : IDisposable
    {
        private readonly Socket _client;
        private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp);

        public Connection(Socket client, int? port, bool isSilent)
        {
            _client = client;
            _client.LingerState = new LingerOption(true, 0);
            IsSilent = isSilent;
            Carrying = port is { } known ? CarryAsync(known) : Task.CompletedTask;
            if (port is null)
            {
                Dispose();
            }
        }

        public volatile bool IsSilent;

        public Task Carrying { get; }

        public void Dispose()
        {
            _client.Dispose();
            _server.Dispose();
        }

        private async Task CarryAsync(int port)
        {
            try
            {
                await _server.ConnectAsync(IPAddress.Loopback, port);
                await Task.WhenAll(CarryAsync(_client, _server), CarryAsync(_server, _client));
            }
            catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
            {
                // One side has gone.
            }
            finally
            {
                if (!IsSilent)
                {
                    Dispose();
                }
            }
        }

        private async Task CarryAsync(Socket from, Socket to)
        {
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                // What comes while it is silent is lost.
                if (!IsSilent)
                {
                    await to.SendAsync(buffer.AsMemory(0, read));
                }
            }

            if (!IsSilent)
            {
                // An end in order: a reset would take back what the client has not read yet.
                _client.LingerState = new LingerOption(false, 0);
                Dispose();
            }
        }
    }
}
