using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Managing;

/// <summary>What people may see of deliveries, and do with them.</summary>
internal sealed class DeliveryDesk(IDeliveryHistory history, IReplayStore store, Audit audit, TimeProvider timeProvider)
{
    public Task<DeliveryPage> ListAsync(Caller caller, DeliveryQuery query, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return history.ListAsync(query, cancellationToken);
    }

    /// <returns><see langword="null"/>: there is none.</returns>
    public async Task<DeliveryDetail?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return await history.FindAsync(id, cancellationToken) is { } delivery
            ? new DeliveryDetail(
                delivery, await history.AttemptsAsync(id, cancellationToken), caller.May(ApiRole.Operator))
            : null;
    }

    /// <summary>Re-opens a dead letter in its old place, or lets one that waits for its instant go now.</summary>
    public Task<DeliveryChange> RetryAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, store.RetryAsync, "delivery.retry", cancellationToken);

    /// <summary>Decides that a delivery need not arrive.</summary>
    public Task<DeliveryChange> DiscardAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, store.DiscardAsync, "delivery.discard", cancellationToken);

    private async Task<DeliveryChange> ChangeAsync(
        Caller caller,
        Guid id,
        Func<Guid, DateTimeOffset, AuditEntry?, Task<DeliveryChangeOutcome>> change,
        string action,
        CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Operator);
        var outcome = await change(id, timeProvider.GetUtcNow(), audit.Entry(caller, action, $"delivery:{id}"));
        return new DeliveryChange(outcome, await history.FindAsync(id, cancellationToken));
    }
}
