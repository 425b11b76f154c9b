using System.Net;
using System.Net.NetworkInformation;

namespace Scouthook.Inbox.Delivering.Network;

/// <summary>Lists the addresses of this machine.</summary>
/// <remarks>
/// A public address of one of its interfaces leads to services that may trust connections from the machine itself. The
/// list is read at every use, because interfaces change.
/// </remarks>
internal static class OwnAddresses
{
    public static IReadOnlySet<IPAddress> Find()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(found => found.GetIPProperties().UnicastAddresses)
                .Select(found => AddressClassifier.Plain(new IPAddress(found.Address.GetAddressBytes())))
                .ToHashSet();
        }
        catch (NetworkInformationException)
        {
            // A sandbox may hide the interfaces; the other rules still apply.
            return new HashSet<IPAddress>();
        }
    }
}
