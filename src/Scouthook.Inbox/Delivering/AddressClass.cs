namespace Scouthook.Inbox.Delivering;

/// <summary>Whether deliveries may go to an address.</summary>
internal enum AddressClass
{
    /// <summary>Yes.</summary>
    Public,

    /// <summary>Only if the operator says so: it lies in a network of the operator's own, or on this machine.</summary>
    Private,

    /// <summary>Never: nothing that could want webhooks is there, and often something that must not get them.</summary>
    Refused,
}
