using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>Decides which endpoints get an event. Valid until an endpoint changes.</summary>
/// <param name="endpoints">All endpoints.</param>
internal sealed class EventRecipients(IReadOnlyCollection<WebhookEndpoint> endpoints)
{
    private const int MaxNames = 1_000;

    private readonly Dictionary<(string Name, bool IsOperational), List<WebhookEndpoint>> _byName = [];

    /// <summary>Returns the endpoints that subscribe to events of a name.</summary>
    public IReadOnlyList<WebhookEndpoint> ByName(RoutedEvent routed)
    {
        if (_byName.TryGetValue((routed.EventType, routed.IsOperational), out var known))
        {
            return known;
        }

        // Names come from outside and are unbounded.
        if (_byName.Count >= MaxNames)
        {
            _byName.Clear();
        }

        var subscribed = endpoints.Where(endpoint =>
            Subscription.MatchesName(endpoint.Definition.Events, routed.EventType, routed.IsOperational)).ToList();
        _byName.Add((routed.EventType, routed.IsOperational), subscribed);
        return subscribed;
    }

    /// <summary>Returns whether an endpoint that subscribes to the name gets this event.</summary>
    public static bool Gets(WebhookEndpoint endpoint, RoutedEvent routed) =>
        Subscription.MatchesContent(endpoint.Definition, routed.State, routed.MailboxId);

    /// <summary>Returns whether a replay includes an event that meets its conditions other than the event types.</summary>
    /// <remarks>Operational events are replayed only on request, as they are listed only on request.</remarks>
    public static bool Includes(ReplayRequest request, RoutedEvent routed) => request.EventTypes.Count == 0
        ? request.EventId is not null || !routed.IsOperational
        : Subscription.MatchesName(request.EventTypes, routed.EventType, routed.IsOperational);

    /// <summary>Returns the endpoints to which a replay delivers an event.</summary>
    /// <remarks>An endpoint named by the request gets it whatever it subscribes to now, and in any state.</remarks>
    public IEnumerable<WebhookEndpoint> OfReplay(ReplayRequest request, RoutedEvent routed) =>
        request.EndpointId is { } id
            ? endpoints.Where(endpoint => endpoint.Id == id)
            : ByName(routed).Where(endpoint => endpoint.State is EndpointState.Enabled && Gets(endpoint, routed));
}
