using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Testing.Storing;

/// <summary>Waits until everything received is dispatched and every delivery is settled, woken by the commits of the store.</summary>
/// <param name="signal">Raised after every commit.</param>
/// <param name="events">How far receiving has come.</param>
/// <param name="endpoints">How far dispatch has come.</param>
/// <param name="statistics">How much is pending.</param>
/// <param name="deliveries">How each delivery ended, or what keeps it pending.</param>
/// <param name="timeProvider">Measures the timeout: real time, also where the clock of the app is a fake one.</param>
internal sealed class DeliveryWaiter(
    IStoreSignal signal,
    IEventHistory events,
    IEndpointStore endpoints,
    IStatisticsStore statistics,
    IDeliveryHistory deliveries,
    TimeProvider timeProvider)
{
    private const int PageSize = 500;

    private volatile TaskCompletionSource _committed = NewSignal();

    /// <returns>All deliveries, the oldest first.</returns>
    /// <exception cref="TimeoutException">Something was still pending; the message lists it.</exception>
    public async Task<IReadOnlyList<Delivery>> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        signal.Committed += OnCommitted;
        try
        {
            while (true)
            {
                // Taken before the store is read, so that no commit in between is missed.
                var next = _committed.Task;
                if (await IsHandledAsync(cancellationToken))
                {
                    return await ListAsync(new DeliveryQuery { Limit = PageSize }, int.MaxValue, cancellationToken);
                }

                if (limit.IsCancellationRequested)
                {
                    throw new TimeoutException(await DescribeAsync(timeout, cancellationToken));
                }

                await next.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            signal.Committed -= OnCommitted;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void OnCommitted() => Interlocked.Exchange(ref _committed, NewSignal()).TrySetResult();

    /// <remarks>
    /// In this order, because the commit that dispatches an event also creates its deliveries, so none can be missed in between.
    /// What is pending is read in one statement, leased deliveries included, so none can change its state in between.
    /// </remarks>
    private async Task<bool> IsHandledAsync(CancellationToken cancellationToken)
    {
        var newest = await NewestAsync(cancellationToken);
        var all = await endpoints.ListAsync(cancellationToken);
        return all.All(endpoint => endpoint.DispatchedThrough >= newest)
            && (await statistics.BacklogAsync(cancellationToken)).All(waiting => waiting.Pending == 0);
    }

    private async Task<long> NewestAsync(CancellationToken cancellationToken) =>
        (await events.SourcesAsync(cancellationToken)).Max(source => source.LastSequence) ?? 0;

    private async Task<string> DescribeAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var newest = await NewestAsync(cancellationToken);
        var all = await endpoints.ListAsync(cancellationToken);
        var pending = new List<Delivery>();
        foreach (var state in (DeliveryState[])[DeliveryState.Leased, DeliveryState.Pending])
        {
            pending.AddRange(await ListAsync(
                new DeliveryQuery { State = state, Limit = PendingReport.MaxDeliveries + 1 },
                PendingReport.MaxDeliveries + 1,
                cancellationToken));
        }

        return PendingReport.Write(timeout, newest, all, pending);
    }

    private async Task<IReadOnlyList<Delivery>> ListAsync(DeliveryQuery query, int most, CancellationToken cancellationToken)
    {
        var found = new List<Delivery>();
        string? cursor = null;
        do
        {
            var page = await deliveries.ListAsync(query with { Cursor = cursor }, cancellationToken);
            found.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null && found.Count < most);

        found.Reverse();
        return found;
    }
}
