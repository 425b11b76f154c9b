using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services.Disclosure;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Services;

/// <summary>Lists deliveries, retries them and discards them.</summary>
internal sealed class DeliveryService(IDeliveryHistory history, IReplayStore store, AuditRecorder audit)
{
    public async Task<PageView<DeliveryView>> ListAsync(Caller caller, DeliveryQuery query, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        var page = await history.ListAsync(query, cancellationToken);
        return page.Select(delivery => DeliveryView.From(delivery).For(caller));
    }

    /// <returns><see langword="null"/> if there is none.</returns>
    public async Task<DeliveryDetailView?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return await history.FindAsync(id, cancellationToken) is { } delivery
            ? DeliveryDetailView
                .From(delivery, await history.AttemptsAsync(id, cancellationToken), caller.May(ApiRole.Operator))
                .For(caller)
            : null;
    }

    /// <summary>
    /// Reopens a dead letter in its old position, or makes a delivery that waits for its next attempt due now.
    /// </summary>
    public Task<DeliveryChange> RetryAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, store.RetryAsync, "delivery.retry", cancellationToken);

    /// <summary>Discards a delivery, which is then not delivered.</summary>
    public Task<DeliveryChange> DiscardAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, store.DiscardAsync, "delivery.discard", cancellationToken);

    private async Task<DeliveryChange> ChangeAsync(
        Caller caller,
        Guid id,
        Func<Guid, AuditEntry?, Task<DeliveryChangeOutcome>> change,
        string action,
        CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Operator);
        var outcome = await change(id, audit.Entry(caller, action, $"delivery:{id}"));
        var delivery = await history.FindAsync(id, cancellationToken);
        return new DeliveryChange(outcome, delivery is null ? null : DeliveryView.From(delivery));
    }
}
