using Scouthook.Events;
using Scouthook.Inbox.Delivering.Destinations;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>Posts stored events to the URL of an endpoint.</summary>
internal sealed class HttpDestination(
    WebhookEndpoint endpoint, WebhookSender sender, SecretProtector protector, BlockedEndpoints blocked) : IDestination
{
    private const string SecretUnreadable = "Not sent: the endpoint's secret cannot be decrypted. Restore the key ring that belongs "
        + "to the store, or rotate the secret.";

    public string? UnavailableReason => Secrets() is null ? SecretUnreadable : null;

    public async Task<AttemptResult> AttemptAsync(DeliveryLease lease, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (Secrets() is not { } secrets)
        {
            return new AttemptResult { Outcome = AttemptOutcome.SecretUnreadable, Error = SecretUnreadable };
        }

        var result = await sender.SendAsync(endpoint.Definition.Url!, Message(lease), secrets, timeout, cancellationToken);
        blocked.Note(endpoint, result);
        return result;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private EndpointSecrets? Secrets() =>
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
