using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering.Network;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>Warns once about each endpoint at an address that deliveries may not go to, until that changes.</summary>
internal sealed class BlockedEndpoints(LiveDeliverySettings settings, ILogger<BlockedEndpoints> logger)
{
    private readonly ConcurrentDictionary<Guid, string> _warned = new();

    /// <summary>Checks the stored endpoints, as far as their URLs show the address.</summary>
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

    /// <summary>Takes the result of an attempt: names are known to be refused only when they have been resolved.</summary>
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
        // Another URL is another mistake; another address that the same name leads to is not.
        var url = endpoint.Definition.Url!.AbsoluteUri;
        var isNew = !_warned.TryGetValue(endpoint.Id, out var warned) || warned != url;
        _warned[endpoint.Id] = url;
        if (isNew)
        {
            InboxLog.EndpointRefused(logger, endpoint.Name, why);
        }
    }
}
