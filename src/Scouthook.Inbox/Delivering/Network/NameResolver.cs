using System.Net;

namespace Scouthook.Inbox.Delivering.Network;

/// <summary>Resolves the addresses of a host.</summary>
internal delegate Task<IPAddress[]> NameResolver(string host, CancellationToken cancellationToken);
