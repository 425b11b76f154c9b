using Scouthook.Parsing;

namespace Scouthook.Handling;

/// <summary>Accepts verified requests from the HTTP endpoint: the only seam between web and processing.</summary>
/// <remarks>Without an inbox the receiver runs the typed handlers; with one it stores the event and returns.</remarks>
public interface IWebhookReceiver
{
    /// <summary>Keeps a request, whatever that means for this receiver, before Help Scout gets its answer.</summary>
    /// <param name="webhook">
    /// The request. Ownership passes with the call: the receiver disposes it once it no longer uses the bytes, even when
    /// cancelled. A receiver that still uses them when its caller stops waiting disposes it later.
    /// </param>
    /// <param name="cancellationToken">Set when the sender no longer waits for the answer.</param>
    /// <returns>What became of it; the endpoint turns that into the answer.</returns>
    ValueTask<ReceiveOutcome> ReceiveAsync(ReceivedWebhook webhook, CancellationToken cancellationToken);
}
