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

        var result = await sender.SendAsync(endpoint.Definition.Url!, lease, secrets, timeout, cancellationToken);
        blocked.Note(endpoint, result);
        return result;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private EndpointSecrets? Secrets() =>
        endpoint.Secrets is { } stored ? protector.Unprotect(endpoint.Id, stored) : null;
}
