using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Events;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Model;

/// <summary>Something that a person should be told about Scouthook itself.</summary>
/// <remarks>
/// It is stored and delivered like what Help Scout sends, but from a source of its own: names come from outside, and
/// nobody may pass for Scouthook by sending one that begins with <c>scouthook.</c>.
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
    public const string KeysUnreadable = "scouthook.keys.unreadable";
    public const string DiskLow = "scouthook.disk.low";
    public const string ClockJumped = "scouthook.clock.jumped";
    public const string ConnectionsRefused = "scouthook.connections.refused";

    /// <summary>Makes one.</summary>
    /// <param name="name">One of the names above.</param>
    /// <param name="title">One line that tells a person what happened.</param>
    /// <param name="facts">Its members besides <c>type</c>, <c>occurredAt</c> and <c>message</c>; no payload, no secret.</param>
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
            Id = Guid.CreateVersion7(now),
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
