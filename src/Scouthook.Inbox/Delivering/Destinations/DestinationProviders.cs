using System.Collections.Frozen;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Destinations;

/// <summary>Finds the provider for a kind of endpoint.</summary>
internal sealed class DestinationProviders(IEnumerable<IDestinationProvider> providers)
{
    private readonly FrozenDictionary<EndpointKind, IDestinationProvider> _byKind =
        providers.ToFrozenDictionary(provider => provider.Kind);

    public IDestinationProvider For(EndpointKind kind) => _byKind[kind];

    public IDestinationProvider For(WebhookEndpoint endpoint) => For(endpoint.Definition.Kind);
}
