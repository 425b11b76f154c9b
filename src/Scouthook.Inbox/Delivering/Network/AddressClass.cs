namespace Scouthook.Inbox.Delivering.Network;

/// <summary>Says whether deliveries may go to an address, strictest class last.</summary>
internal enum AddressClass
{
    /// <summary>Allowed.</summary>
    Public = 0,

    /// <summary>
    /// Allowed only by the settings: a private, loopback or special-purpose address, or one of this machine.
    /// </summary>
    Private = 1,

    /// <summary>Never allowed: no service there could want webhooks, and some must not receive them.</summary>
    Refused = 2,
}
