namespace Scouthook.Inbox.Delivering.Network;

/// <summary>No address of a host is one that deliveries may go to. The message says why and names the setting.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);
