using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Destinations;

/// <summary>Performs the attempts of one endpoint. Owned by the endpoint's worker and disposed with it.</summary>
internal interface IDestination : IAsyncDisposable
{
    /// <summary>
    /// The reason why no attempt can be made now through no fault of the endpoint; <see langword="null"/> if attempts
    /// can be made. Until then deliveries wait, and no attempt is counted.
    /// </summary>
    string? UnavailableReason { get; }

    /// <summary>Makes one attempt. Every failure is part of the result.</summary>
    /// <param name="lease">The delivery.</param>
    /// <param name="timeout">How long the attempt may take.</param>
    /// <param name="cancellationToken">Set when the process must exit.</param>
    /// <exception cref="OperationCanceledException">The token was set; whether the event arrived is unknown.</exception>
    Task<AttemptResult> AttemptAsync(DeliveryLease lease, TimeSpan timeout, CancellationToken cancellationToken);
}
