using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Scouthook.Gateway.Connections;

/// <summary>
/// Applies the limits where connections are accepted, so that they cover every listener of the server.
/// </summary>
/// <remarks>
/// Kestrel's own limit closes a connection after it has been handed to the thread pool: until then, a burst holds more
/// descriptors than there are, and accepting fails for all clients. Here at most one too many is ever open.
/// </remarks>
internal sealed class LimitedTransport(IConnectionListenerFactory inner, ConnectionLimiter limiter)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => inner is not IConnectionListenerFactorySelector selector || selector.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is UnixDomainSocketEndPoint socket)
        {
            RemoveLeftOver(socket);
        }

        return new Listener(await inner.BindAsync(endpoint, cancellationToken), limiter);
    }

    /// <summary>
    /// Removes the socket file that a killed process left behind, which would prevent the next start.
    /// </summary>
    private static void RemoveLeftOver(UnixDomainSocketEndPoint endpoint)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endpoint);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionRefused)
        {
            File.Delete(endpoint.ToString());
        }
        catch (SocketException)
        {
            // There is none, or the process may not remove it; binding then reports the error.
        }
    }

    private sealed class Listener(IConnectionListener inner, ConnectionLimiter limiter) : IConnectionListener
    {
        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await inner.AcceptAsync(cancellationToken) is { } connection)
            {
                if (limiter.TryAdd(connection) is { } tracked)
                {
                    return tracked;
                }

                // Aborting releases the descriptor at once; the rest ends by itself.
                connection.Abort(new ConnectionAbortedException("There are too many connections."));
                _ = connection.DisposeAsync().AsTask();
            }

            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => inner.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
