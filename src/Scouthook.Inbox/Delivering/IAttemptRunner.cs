using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering;

/// <summary>Makes one attempt of a delivery.</summary>
internal interface IAttemptRunner
{
    /// <summary>Why no attempt can be made now through no fault of the endpoint; its deliveries then wait, and none is counted.</summary>
    /// <returns><see langword="null"/>: attempts can be made.</returns>
    string? WhyNotNow(WebhookEndpoint endpoint) => null;

    /// <summary>Makes it. Whatever goes wrong is part of the result.</summary>
    /// <param name="lease">The delivery.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Set when the process must end.</param>
    /// <exception cref="OperationCanceledException">The token was set; whether it arrived is not known.</exception>
    Task<AttemptResult> RunAsync(DeliveryLease lease, TimeSpan timeout, CancellationToken cancellationToken);
}
