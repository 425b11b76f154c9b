using Microsoft.Extensions.Logging;
using Scouthook.Events;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering;

/// <summary>Posts a stored event to the URL of its endpoint.</summary>
internal sealed class HttpAttempt(WebhookSender sender, SecretProtector protector, ILogger<HttpAttempt> logger)
    : IAttemptRunner
{
    public async Task<AttemptResult> RunAsync(DeliveryLease lease, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var endpoint = lease.Endpoint;
        if (protector.Unprotect(endpoint.Id, endpoint.Definition.Secrets!) is not { } secrets)
        {
            InboxLog.SecretsUnreadable(logger, endpoint.Name);
            return new AttemptResult
            {
                Outcome = AttemptOutcome.RetryLater,
                Error = "Not sent: the secret of the endpoint cannot be decrypted. Put the key ring back that was beside the "
                    + "store, or rotate the secret.",
            };
        }

        return await sender.SendAsync(endpoint.Definition.Url!, Message(lease), secrets, timeout, cancellationToken);
    }

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
    };
}
