using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Scouthook.Events;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>Reads the filters of a list of events from a query string.</summary>
internal static class EventQueryReader
{
    public const int UsualLimit = 50;
    public const int MostPerPage = 500;

    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public static ProblemHttpResult? Read(IQueryCollection query, out EventQuery filters)
    {
        var reader = new QueryReader(
            query, "type", "source", "resource", "mailbox", "state", "deliveryState", "since", "until", "q", "cursor", "limit");
        filters = new EventQuery
        {
            EventTypes = reader.List(
                "type", EventPattern.IsValid, "must be event names or patterns such as convo.tags, convo.* or *."),
            Source = reader.Text("source"),
            Resource = reader.Value<ResourceReference>(
                "resource",
                TryReadResource,
                "must be kind:id, such as conversation:3352330101; kinds are "
                + $"{string.Join(", ", Enum.GetValues<ResourceKind>().Select(ResourceReference.KindText))}."),
            MailboxId = reader.Number("mailbox"),
            State = reader.Value<EventState>(
                "state", StateText.TryRead, "must be ok, unknown, unreadable or notification."),
            DeliveryState = reader.Value<DeliveryState>(
                "deliveryState",
                DeliveryText.TryRead,
                "must be pending, leased, delivered, deadLettered or discarded."),
            Since = reader.Instant("since"),
            Until = reader.Instant("until"),
            Text = reader.Text("q"),
            Before = reader.Value<long>("cursor", Cursor.TryRead, "must be the next of the page before."),
            Limit = reader.Limit(UsualLimit, MostPerPage),
        };
        return reader.Problem;
    }

    private static bool TryReadResource(string text, out ResourceReference resource)
    {
        resource = default;
        var colon = text.IndexOf(':');
        if (colon <= 0 || colon == text.Length - 1)
        {
            return false;
        }

        foreach (var kind in Enum.GetValues<ResourceKind>())
        {
            if (text.AsSpan(0, colon).Equals(ResourceReference.KindText(kind), StringComparison.Ordinal))
            {
                resource = new ResourceReference(kind, text[(colon + 1)..]);
                return true;
            }
        }

        return false;
    }
}
