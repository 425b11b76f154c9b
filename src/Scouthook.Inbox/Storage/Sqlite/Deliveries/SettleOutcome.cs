namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>The outcome of settling a delivery.</summary>
internal enum SettleOutcome
{
    /// <summary>The lease had expired; the attempt was recorded and nothing else changed.</summary>
    Late = 0,

    Settled = 1,

    /// <summary>Settled, and the first success of an endpoint that was down.</summary>
    EndpointUpAgain = 2,
}
