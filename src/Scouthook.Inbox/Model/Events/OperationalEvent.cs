using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Events;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Model;

/// <summary>An event about Scouthook itself that an operator should know about.</summary>
/// <remarks>
/// It is stored and delivered like Help Scout's events, but from a separate source: names come from outside, and a
/// sender must not be able to impersonate Scouthook with a name that begins with <c>scouthook.</c>.
/// </remarks>
internal static class OperationalEvent
{
    /// <summary>The source of all of them; no configured source may have this name.</summary>
    public const string Source = "scouthook";

    public const string EndpointDisabled = "scouthook.endpoint.disabled";
    public const string DeadLettered = "scouthook.delivery.dead_lettered";
    public const string SignatureFailures = "scouthook.source.signature_failures";
    public const string SourceSilent = "scouthook.source.silent";
    public const string WebhookDisabled = "scouthook.webhook.disabled";
    public const string WebhookChanged = "scouthook.webhook.changed";
    public const string KeysUnreadable = "scouthook.keys.unreadable";
    public const string DiskLow = "scouthook.disk.low";
    public const string ClockJumped = "scouthook.clock.jumped";
    public const string ConnectionsRefused = "scouthook.connections.refused";

    /// <summary>Creates an operational event.</summary>
    /// <param name="name">One of the names above.</param>
    /// <param name="title">A one-line description of what happened.</param>
    /// <param name="facts">Its members in addition to <c>type</c>, <c>occurredAt</c> and <c>message</c>; no payload, no secret.</param>
    /// <param name="now">When it happened.</param>
    public static NewEvent Create(string name, string title, JsonObject facts, DateTimeOffset now)
    {
        var body = new JsonObject
        {
            ["type"] = name,
            ["occurredAt"] = now.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["message"] = title,
        };
        foreach (var (member, value) in facts)
        {
            body[member] = value?.DeepClone();
        }

        return new NewEvent
        {
            Id = TimeOrderedId.At(now),
            Source = Source,
            EventType = name,
            Facts = new EventFacts { State = EventState.Ok, OccurredAt = now, Title = title },
            IsDeletion = false,
            Body = Encoding.UTF8.GetBytes(body.ToJsonString(JsonSerializerOptions.Default)),
            Headers = "[]",
            ReceivedAt = now,
            DeduplicationKey = null,
        };
    }
}
