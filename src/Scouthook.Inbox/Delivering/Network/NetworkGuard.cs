using System.Net;
using System.Net.Sockets;

namespace Scouthook.Inbox.Delivering.Network;

/// <summary>Opens the connections of deliveries, and only to allowed addresses.</summary>
/// <remarks>
/// Otherwise, a user who may add an endpoint could make this machine post into networks that only it can reach. A name
/// is resolved once per connection, and the connection goes to the exact address that was checked: changing the DNS
/// record in between gains nothing.
/// </remarks>
internal sealed class NetworkGuard(Func<NetworkPolicy> policy, NameResolver resolve)
{
    // Keeps one unresponsive address from using up the timeout of the whole attempt.
    private static readonly TimeSpan PatienceWhileOthersWait = TimeSpan.FromSeconds(3);

    /// <summary>The callback of the HTTP client.</summary>
    /// <exception cref="AddressRefusedException">No address of the host is allowed.</exception>
    public async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await resolve(host, cancellationToken);
        var allowed = Allowed(addresses);
        for (var index = 0; ; index++)
        {
            var isLast = index == allowed.Count - 1;
            try
            {
                return await ConnectAsync(new IPEndPoint(allowed[index], port), isLast, cancellationToken);
            }
            catch (Exception exception)
                when (!isLast && exception is SocketException or OperationCanceledException
                    && !cancellationToken.IsCancellationRequested)
            {
                // The next address may work.
            }
        }
    }

    private List<IPAddress> Allowed(IPAddress[] addresses)
    {
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        var current = policy();
        var own = OwnAddresses.Find();
        var allowed = new List<IPAddress>();
        var refused = new List<(AddressClass Class, string Why)>();
        foreach (var address in addresses.Select(AddressClassifier.Plain))
        {
            if (AddressRule.WhyRefused(address, current, own) is { } why)
            {
                refused.Add((AddressClassifier.Of(address, own), why));
            }
            else
            {
                allowed.Add(address);
            }
        }

        // Of several reasons, report the one that a setting can change.
        return allowed.Count > 0 ? allowed : throw new AddressRefusedException(refused.MinBy(reason => reason.Class).Why);
    }

    private static async Task<Stream> ConnectAsync(
        IPEndPoint endPoint, bool isLast, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (!isLast)
        {
            patience.CancelAfter(PatienceWhileOthersWait);
        }

        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, patience.Token);
            return new EarlyAnswerStream(new NetworkStream(socket, ownsSocket: true));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
