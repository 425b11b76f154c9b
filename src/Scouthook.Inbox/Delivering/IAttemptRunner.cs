using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering;

/// <summary>Makes one attempt of a delivery.</summary>
internal interface IAttemptRunner
{
    /// <summary>Makes it. Whatever goes wrong is part of the result.</summary>
    /// <param name="lease">The delivery.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Set when the process must end.</param>
    /// <exception cref="OperationCanceledException">The token was set; whether it arrived is not known.</exception>
    Task<AttemptResult> RunAsync(DeliveryLease lease, TimeSpan timeout, CancellationToken cancellationToken);
}
