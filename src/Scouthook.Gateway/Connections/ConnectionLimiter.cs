using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Scouthook.Gateway.Connections;

/// <summary>Decides which connections are kept when there are many.</summary>
/// <remarks>
/// At the maximum, a new connection replaces one from the address that has the most, as long as that has more than the
/// address of the new one: first the one that has been idle the longest, then the one whose request has been unverified
/// the longest. So unknown clients compete among themselves, and an address with few connections, such as Help Scout's
/// or that of a health check, always gets through. Requests known to be genuine are never sacrificed.
/// </remarks>
internal sealed class ConnectionLimiter(
    ConnectionLimits limits, Func<IPAddress, bool> isTrustedProxy, ConnectionRefusals refusals, TimeProvider timeProvider)
{
    private static readonly TimeSpan SettledIdle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SettledBusy = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<ConnectionGroup, HashSet<TrackedConnection>> _groups = [];
    private readonly HashSet<ConnectionGroup> _trusted = [];
    private int _count;

    /// <summary>The number of connections.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts a new connection.</summary>
    /// <returns><see langword="null"/> if there is no room for it and it must be closed.</returns>
    public TrackedConnection? TryAdd(ConnectionContext connection)
    {
        var group = ConnectionGroup.Of(connection.RemoteEndPoint);
        var isTrusted = group.IsLocalSocket
            || (connection.RemoteEndPoint is IPEndPoint remote && isTrustedProxy(remote.Address));
        TrackedConnection? victim = null;
        TrackedConnection? added = null;
        ConnectionRefusal refusal = ConnectionRefusal.TooMany;
        lock (_lock)
        {
            var own = _groups.GetValueOrDefault(group);
            if (!isTrusted && own?.Count >= limits.PerAddress)
            {
                refusal = ConnectionRefusal.TooManyFromAddress;
            }
            else if (_count < limits.Total || (victim = FindVictim(own, isTrusted)) is not null)
            {
                if (victim is not null)
                {
                    RemoveLocked(victim);
                }

                added = new TrackedConnection(connection, group, this, timeProvider);
                AddLocked(added, isTrusted);
            }
        }

        if (victim is not null)
        {
            refusals.Add(ConnectionRefusal.GaveWay);
            victim.Abort(new ConnectionAbortedException("The connection was closed to make room for another one."));
        }

        if (added is null)
        {
            refusals.Add(refusal);
        }

        return added;
    }

    public void Remove(TrackedConnection connection)
    {
        lock (_lock)
        {
            RemoveLocked(connection);
        }
    }

    private void AddLocked(TrackedConnection connection, bool isTrusted)
    {
        if (!_groups.TryGetValue(connection.Group, out var members))
        {
            _groups.Add(connection.Group, members = []);
        }

        members.Add(connection);
        _count++;
        if (isTrusted)
        {
            _trusted.Add(connection.Group);
        }
    }

    private void RemoveLocked(TrackedConnection connection)
    {
        if (_groups.TryGetValue(connection.Group, out var members) && members.Remove(connection))
        {
            _count--;
            if (members.Count == 0)
            {
                _groups.Remove(connection.Group);
                _trusted.Remove(connection.Group);
            }
        }
    }

    private TrackedConnection? FindVictim(HashSet<TrackedConnection>? own, bool isTrusted)
    {
        // Trusted proxies carry many senders: they replace connections of unknown clients, but never the reverse.
        var least = isTrusted ? 0 : own?.Count ?? 0;
        TrackedConnection? victim = null;
        var most = least;
        foreach (var (group, members) in _groups)
        {
            if (members.Count > most && !_trusted.Contains(group) && Replaceable(members) is { } found)
            {
                (victim, most) = (found, members.Count);
            }
        }

        if (victim is not null)
        {
            return victim;
        }

        // No address has more, so an unused connection of the same sender makes room for the new one.
        return own is not null && Replaceable(own) is { } settled
            && settled.Age > (settled.IsIdle ? SettledIdle : SettledBusy) ? settled : null;
    }

    private static TrackedConnection? Replaceable(HashSet<TrackedConnection> members)
    {
        TrackedConnection? chosen = null;
        foreach (var connection in members)
        {
            if (!connection.IsGenuine
                && (chosen is null
                    || (connection.IsIdle, connection.Age).CompareTo((chosen.IsIdle, chosen.Age)) > 0))
            {
                chosen = connection;
            }
        }

        return chosen;
    }
}
