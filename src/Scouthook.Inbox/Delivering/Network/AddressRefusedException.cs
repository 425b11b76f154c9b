namespace Scouthook.Inbox.Delivering.Network;

/// <summary>
/// Thrown when no address of a host is allowed for deliveries. The message gives the reason and names the setting.
/// </summary>
internal sealed class AddressRefusedException(string message) : Exception(message);
