using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>A lease of a delivery in a PostgreSQL database.</summary>
/// <param name="Row">The row number of the delivery.</param>
/// <param name="Endpoint">The row number of its endpoint.</param>
/// <param name="OrderingKey">The ordering key of the delivery, which never changes.</param>
/// <param name="Token">Distinguishes this lease from every other on the same delivery.</param>
internal sealed record PostgreSqlLeaseClaim(long Row, long Endpoint, long? OrderingKey, long Token) : LeaseClaim
{
    public static PostgreSqlLeaseClaim Of(DeliveryLease lease) => lease.Claim as PostgreSqlLeaseClaim
        ?? throw new ArgumentException("The lease was granted by another store.", nameof(lease));
}
