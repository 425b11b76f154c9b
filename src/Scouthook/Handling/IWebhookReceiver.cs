using Scouthook.Parsing;

namespace Scouthook.Handling;

/// <summary>Accepts verified requests from the HTTP endpoint: the only seam between web and processing.</summary>
/// <remarks>Without an inbox the receiver runs the typed handlers; with one it stores the event and returns.</remarks>
public interface IWebhookReceiver
{
    /// <summary>Keeps a request, in the way of this receiver, before Help Scout gets its response.</summary>
    /// <param name="webhook">The request. The receiver owns it from now on and disposes it, even when cancelled.</param>
    /// <param name="cancellationToken">Set when the sender no longer waits for the response.</param>
    /// <returns>The outcome; the endpoint maps it to the response.</returns>
    ValueTask<ReceiveOutcome> ReceiveAsync(ReceivedWebhook webhook, CancellationToken cancellationToken);
}
