namespace Scouthook.Inbox.Delivering.Network;

/// <summary>Whether deliveries may go to an address, the strictest last.</summary>
internal enum AddressClass
{
    /// <summary>Yes.</summary>
    Public = 0,

    /// <summary>Only if the settings allow it: a private, loopback or special-purpose address, or one of this machine.</summary>
    Private = 1,

    /// <summary>Never: nothing that could want webhooks is there, and often something that must not get them.</summary>
    Refused = 2,
}
