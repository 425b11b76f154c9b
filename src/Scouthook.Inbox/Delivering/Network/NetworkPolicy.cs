using System.Net;

namespace Scouthook.Inbox.Delivering.Network;

/// <summary>The networks deliveries may go to in addition to public ones.</summary>
internal sealed record NetworkPolicy
{
    public const string AllowPrivateNetworksKey = "Scouthook:Delivery:AllowPrivateNetworks";
    public const string AllowedNetworksKey = "Scouthook:Delivery:AllowedNetworks";

    /// <summary>Allows deliveries to private and loopback addresses.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>The private networks that deliveries may always go to.</summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];
}
