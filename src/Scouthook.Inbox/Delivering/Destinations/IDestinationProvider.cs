using System.Net;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Destinations;

/// <summary>Makes the destinations of one kind of endpoint, and knows what such an endpoint needs.</summary>
internal interface IDestinationProvider
{
    /// <summary>The kind of endpoint that this provider serves.</summary>
    EndpointKind Kind { get; }

    /// <summary>Checks whether an endpoint can be delivered to under the settings in force.</summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="own">The addresses of this machine; none where an endpoint is being configured.</param>
    /// <returns>What is wrong and what to do about it; <see langword="null"/> if nothing is.</returns>
    string? Validate(EndpointDefinition definition, IReadOnlySet<IPAddress>? own = null);

    /// <summary>Describes where deliveries go, for lists and logs.</summary>
    DestinationDescription Describe(EndpointDefinition definition);

    /// <summary>Creates the destination of an endpoint. A changed endpoint gets a new one.</summary>
    IDestination Create(WebhookEndpoint endpoint);
}
