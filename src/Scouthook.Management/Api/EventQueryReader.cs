using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Requests;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Api;

/// <summary>Reads the filters of a list of events from a query string.</summary>
internal static class EventQueryReader
{
    public static IReadOnlyList<ApiInput> Inputs { get; } =
    [
        new("type", "Event types, families or patterns: `convo.tags`, `conversations`, `convo.*`, `*`; several, separated by commas or given repeatedly.")
        {
            IsList = true, Example = new JsonArray("convo.*"),
        },
        new("source", "The name of a source."),
        new("resource", $"`kind:id`, such as `conversation:3352330101`; the kinds are {Kinds}.") { Example = "conversation:3352330101" },
        new("mailbox", "A mailbox id.") { Kind = ApiInputKind.Whole },
        new("state", "The state of the event.") { Values = [.. Enum.GetValues<EventState>().Select(StateText.From)] },
        new("deliveryState", "Events with a delivery in this state.")
        {
            Values = [.. Enum.GetValues<DeliveryState>().Select(DeliveryText.From)],
        },
        new("since", "Received at or after this time: a timestamp or a date (UTC).") { Kind = ApiInputKind.Instant, Example = "2026-03-02T00:00:00Z" },
        new("until", "Received before this time: a timestamp or a date (UTC).") { Kind = ApiInputKind.Instant },
        new("q", "An exact conversation number, id or email address, or the beginning of a title.") { Example = "1024" },
        .. PageInputs.All,
    ];

    public const string TypeRule = "must be event types, families or patterns such as convo.tags, conversations, convo.* or *.";

    private const int MaxChatIdLength = 100;

    public static string ResourceRule { get; } = $"must be kind:id, such as conversation:3352330101; kinds are {Kinds}.";

    private static string Kinds => string.Join(", ", Enum.GetValues<ResourceKind>().Select(ResourceReference.KindText));

    /// <returns>The error, or <see langword="null"/>.</returns>
    public static ProblemHttpResult? Read(IQueryCollection query, out EventQuery filters)
    {
        var reader = new QueryReader(query, Inputs);
        var page = PageInputs.Read(reader);
        filters = new EventQuery
        {
            EventTypes = reader.List("type", EventPattern.IsValid, TypeRule),
            Source = reader.Text("source"),
            Resource = reader.Value<ResourceReference>(
                "resource",
                TryReadResource,
                ResourceRule),
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
            Cursor = page.Cursor,
            Limit = page.Limit,
        };
        return reader.Problem;
    }

    public static bool TryReadResource(string text, out ResourceReference resource)
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
                // Ids are numbers, except those of chats.
                var id = text[(colon + 1)..];
                resource = new ResourceReference(kind, id);
                return kind is ResourceKind.Chat
                    ? id.Length <= MaxChatIdLength
                    : long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
            }
        }

        return false;
    }
}
