using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scouthook.Handling;
using Scouthook.Inbox.Delivering.Destinations;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Handlers;

/// <summary>Creates destinations that run a typed handler of the app.</summary>
internal sealed class HandlerDestinationProvider(
    EventHandlerTable handlers,
    IServiceScopeFactory scopes,
    HandlingMetrics metrics,
    UnreadMembersReport unreadMembers,
    TimeProvider timeProvider,
    ILogger<HandlerDestination> logger) : IDestinationProvider
{
    public EndpointKind Kind => EndpointKind.Handler;

    public string? Validate(EndpointDefinition definition, IReadOnlySet<IPAddress>? own = null) =>
        Find(definition.Name) is null ? HandlerDestination.NotRegistered : null;

    public DestinationDescription Describe(EndpointDefinition definition) =>
        new(EndpointKindText.From(Kind), Url: null, IsSigned: false);

    public IDestination Create(WebhookEndpoint endpoint) =>
        new HandlerDestination(Find(endpoint.Name), scopes, metrics, unreadMembers, timeProvider, logger);

    private EventHandlerRegistration? Find(string name) => handlers.All.FirstOrDefault(handler => handler.Name == name);
}
