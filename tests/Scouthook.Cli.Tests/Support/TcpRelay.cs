using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Scouthook.Cli.Tests.Support;

/// <summary>Relays bytes between clients and a local port, and simulates network failures.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Connection> _connections = [];
    private readonly Func<int> _to;
    private readonly Task _accepting;
    private volatile bool _isCut;
    private volatile bool _isSilent;

    /// <param name="to">Returns the target port; called for each connection.</param>
    public TcpRelay(Func<int> to)
    {
        _to = to;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Closes all connections, and each new one immediately.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    /// <summary>Drops all bytes but keeps the connections open, so neither side notices.</summary>
    public void DropTraffic()
    {
        _isSilent = true;
        foreach (var connection in _connections)
        {
            connection.IsSilent = true;
        }
    }

    /// <summary>Relays new connections again. Connections that dropped traffic keep dropping it, as after a lost route.</summary>
    public void Restore() => _isCut = _isSilent = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        await Task.WhenAll(_connections.Select(connection => connection.Relaying));
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
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The relay has been stopped.
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
            Relaying = port is { } known ? RelayAsync(known) : Task.CompletedTask;
            if (port is null)
            {
                Dispose();
            }
        }

        public volatile bool IsSilent;

        public Task Relaying { get; }

        public void Dispose()
        {
            _client.Dispose();
            _server.Dispose();
        }

        private async Task RelayAsync(int port)
        {
            try
            {
                await _server.ConnectAsync(IPAddress.Loopback, port);
                await Task.WhenAll(RelayAsync(_client, _server), RelayAsync(_server, _client));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // One side has disconnected.
            }
            finally
            {
                if (!IsSilent)
                {
                    Dispose();
                }
            }
        }

        private async Task RelayAsync(Socket from, Socket to)
        {
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                // Bytes that arrive while traffic is dropped are lost.
                if (!IsSilent)
                {
                    await to.SendAsync(buffer.AsMemory(0, read));
                }
            }

            if (!IsSilent)
            {
                // Close gracefully: a reset would discard what the other side has not read yet. Disposing a socket while it is
                // being read would reset it, so only this direction ends here.
                _client.LingerState = new LingerOption(false, 0);
                to.Shutdown(SocketShutdown.Send);
            }
        }
    }
}
