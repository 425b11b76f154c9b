namespace Scouthook.Inbox.Model;

/// <summary>
/// The delivery state of an endpoint. In every state it continues to accrue deliveries. The numbers are stored.
/// </summary>
internal enum EndpointState
{
    Enabled = 0,

    /// <summary>Stopped for a while by an operator.</summary>
    Paused = 1,

    /// <summary>Given up, with a reason: it answered 410, failed for days, or is no longer declared.</summary>
    Disabled = 2,
}
