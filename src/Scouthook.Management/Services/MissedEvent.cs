using System.Globalization;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Services;

/// <summary>Explains why an endpoint has no delivery of an event, as far as its present settings show.</summary>
internal static class MissedEvent
{
    /// <summary>Dispatching takes less; until then, nothing is missing.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>Returns the endpoints that have no delivery of an event, each with the reason.</summary>
    public static IEnumerable<(EndpointView Endpoint, string Reason)> Explain(
        EventDetailView stored, IReadOnlyList<EndpointView> endpoints, DateTimeOffset now) =>
        from endpoint in endpoints
        where stored.DeliveryList.All(delivery => delivery.EndpointId != endpoint.Id)
        let reason = Explain(stored, endpoint, now)
        where reason is not null
        select (endpoint, reason);

    private static string? Explain(EventView stored, EndpointView endpoint, DateTimeOffset now)
    {
        if (!Subscription.MatchesName(endpoint.Events, stored.Type, stored.Source == OperationalEvent.Source))
        {
            return $"not subscribed to {stored.Type}";
        }

        if (stored.MailboxId is { } inbox && endpoint.MailboxIds.Count > 0 && !endpoint.MailboxIds.Contains(inbox))
        {
            return string.Create(CultureInfo.InvariantCulture, $"not subscribed to inbox {inbox}");
        }

        if (stored.State == "unreadable" && !endpoint.IncludeUnreadable)
        {
            return "not subscribed to unreadable events";
        }

        return stored.ReceivedAt < endpoint.CreatedAt ? "created after the event was received"
            : now - stored.ReceivedAt > Fresh ? "subscribed only after the event was received"
            : null;
    }
}
