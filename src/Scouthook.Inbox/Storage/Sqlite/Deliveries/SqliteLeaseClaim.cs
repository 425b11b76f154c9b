using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>A lease of a delivery in a SQLite file.</summary>
/// <param name="Row">The row number of the delivery.</param>
/// <param name="Endpoint">The row number of its endpoint.</param>
/// <param name="OrderingKey">The ordering key of the delivery, which never changes.</param>
/// <param name="Token">Distinguishes this lease from every other on the same delivery.</param>
internal sealed record SqliteLeaseClaim(long Row, long Endpoint, long? OrderingKey, long Token) : LeaseClaim
{
    public static SqliteLeaseClaim Of(DeliveryLease lease) => lease.Claim as SqliteLeaseClaim
        ?? throw new ArgumentException("The lease was granted by another store.", nameof(lease));
}
