using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering.Network;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>Warns once about each endpoint whose address is blocked, until that changes.</summary>
internal sealed class BlockedEndpoints(LiveDeliverySettings settings, ILogger<BlockedEndpoints> logger)
{
    private readonly ConcurrentDictionary<Guid, string> _warned = new();

    /// <summary>Checks the stored endpoints as far as their URLs show the address.</summary>
    public void Check(IReadOnlyList<WebhookEndpoint> endpoints)
    {
        var own = OwnAddresses.Find();
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Definition.Url is { } url && AddressRule.WhyRefused(url, settings.Current.Network, own) is { } why)
            {
                Warn(endpoint, why);
            }
        }
    }

    /// <summary>
    /// Records the result of an attempt: whether a host name is blocked is known only once it has been resolved.
    /// </summary>
    public void Note(WebhookEndpoint endpoint, AttemptResult result)
    {
        if (result is { Outcome: AttemptOutcome.AddressRefused, Error: { } why })
        {
            Warn(endpoint, why);
        }
        else if (!_warned.IsEmpty)
        {
            _warned.TryRemove(endpoint.Id, out _);
        }
    }

    private void Warn(WebhookEndpoint endpoint, string why)
    {
        // Another URL is another problem; another address of the same name is not.
        var url = endpoint.Definition.Url!.AbsoluteUri;
        var isNew = !_warned.TryGetValue(endpoint.Id, out var warned) || warned != url;
        _warned[endpoint.Id] = url;
        if (isNew)
        {
            InboxLog.EndpointRefused(logger, endpoint.Name, why);
        }
    }
}
