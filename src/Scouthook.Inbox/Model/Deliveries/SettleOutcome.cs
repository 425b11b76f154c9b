namespace Scouthook.Inbox.Model;

/// <summary>The outcome of settling a delivery.</summary>
internal enum SettleOutcome
{
    Settled,

    /// <summary>The lease had expired: the attempt was recorded and nothing else changed.</summary>
    LeaseExpired,
}
