using System.Net;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Destinations;

/// <summary>Creates the destinations of one kind of endpoint, and validates its definitions.</summary>
internal interface IDestinationProvider
{
    /// <summary>The kind of endpoint that this provider serves.</summary>
    EndpointKind Kind { get; }

    /// <summary>Checks whether an endpoint can be delivered to under the current settings.</summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="own">The addresses of this machine; empty while an endpoint is being configured.</param>
    /// <returns>The problem and its remedy; <see langword="null"/> if there is none.</returns>
    string? Validate(EndpointDefinition definition, IReadOnlySet<IPAddress>? own = null);

    /// <summary>Describes where deliveries go, for lists and logs.</summary>
    DestinationDescription Describe(EndpointDefinition definition);

    /// <summary>Creates the destination of an endpoint. A changed endpoint gets a new one.</summary>
    IDestination Create(WebhookEndpoint endpoint);
}
