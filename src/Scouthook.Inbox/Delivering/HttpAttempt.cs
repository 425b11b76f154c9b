using Scouthook.Events;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering;

/// <summary>Posts a stored event to the URL of its endpoint.</summary>
internal sealed class HttpAttempt(WebhookSender sender, SecretProtector protector, RefusedEndpoints refused) : IAttemptRunner
{
    public const string SecretUnreadable = "Not sent: the secret of the endpoint cannot be decrypted. Restore the key ring that was "
        + "beside the store, or rotate the secret.";

    public string? WhyNotNow(WebhookEndpoint endpoint) => Secrets(endpoint) is null ? SecretUnreadable : null;

    public async Task<AttemptResult> RunAsync(DeliveryLease lease, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var endpoint = lease.Endpoint;
        if (Secrets(endpoint) is not { } secrets)
        {
            return new AttemptResult { Outcome = AttemptOutcome.SecretUnreadable, Error = SecretUnreadable };
        }

        var result = await sender.SendAsync(endpoint.Definition.Url!, Message(lease), secrets, timeout, cancellationToken);
        refused.Note(endpoint, result);
        return result;
    }

    private EndpointSecrets? Secrets(WebhookEndpoint endpoint) =>
        endpoint.Secrets is { } stored ? protector.Unprotect(endpoint.Id, stored) : null;

    private static WebhookMessage Message(DeliveryLease lease) => new()
    {
        EventId = lease.Event.Id,
        EventType = lease.Event.EventType,
        Source = lease.Event.Source,
        Sequence = lease.Event.Sequence,
        DeliveryId = lease.DeliveryId,
        Attempt = lease.Attempt,
        Replay = lease.Replay,
        IsRepeat = lease.Event.IsPossibleRepeat,
        IsStale = lease.Event.IsStale,
        State = lease.Event.State switch
        {
            EventState.Ok => null,
            EventState.Unknown => "unknown",
            EventState.Unreadable => "unreadable",
            _ => "notification",
        },
        Body = lease.Body,
        ContentEncoding = ReceivedHeader.Find(lease.Headers, "Content-Encoding"),
    };
}
