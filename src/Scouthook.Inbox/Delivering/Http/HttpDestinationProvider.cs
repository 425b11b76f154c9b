using System.Net;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering.Destinations;
using Scouthook.Inbox.Delivering.Network;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>Creates destinations that post to a URL.</summary>
internal sealed class HttpDestinationProvider(
    WebhookSender sender, SecretProtector protector, BlockedEndpoints blocked, LiveDeliverySettings settings) : IDestinationProvider
{
    public EndpointKind Kind => EndpointKind.Http;

    public string? Validate(EndpointDefinition definition, IReadOnlySet<IPAddress>? own = null) =>
        definition.Url is { } url
            ? AddressRule.WhyRefused(url, settings.Current.Network, own)
            : "An http endpoint needs a URL.";

    public DestinationDescription Describe(EndpointDefinition definition) =>
        new(EndpointKindText.From(Kind), definition.Url, IsSigned: true);

    public IDestination Create(WebhookEndpoint endpoint) => new HttpDestination(endpoint, sender, protector, blocked);
}
