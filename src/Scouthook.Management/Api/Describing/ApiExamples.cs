using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Management.Services.Views;
using Scouthook.Management.Services.Views.Sources;

namespace Scouthook.Management.Api.Describing;

/// <summary>An example of each object that the API returns, by the name of its schema.</summary>
/// <remarks>They are written with the same code as responses, so they always have the members of one.</remarks>
internal static class ApiExamples
{
    private static readonly Guid EventId = new("0199a3c5-7a10-7c3e-9f4b-2d6b8e51c7f0");
    private static readonly Guid DeliveryId = new("0199a3c5-7a2e-7d11-8a52-6f0c41b7a9d3");
    private static readonly Guid EndpointId = new("0199a3c1-04d2-7b90-b7e6-51c2a8f3d604");
    private static readonly Guid KeyId = new("0199a3c0-5c11-7f2d-a1b4-9e7d3c5f8a21");
    private static readonly Guid ReplayId = new("0199a3c9-1f47-7e85-93d0-c4b6a7d2e815");

    private static readonly DateTimeOffset Received = new(2026, 3, 2, 9, 30, 1, TimeSpan.Zero);
    private static readonly DateTimeOffset Delivered = Received.AddSeconds(1);

    private static readonly EventView Event = new()
    {
        Id = EventId,
        Sequence = 4711,
        Source = "default",
        Type = "convo.created",
        State = "ok",
        StateReason = null,
        ReceivedAt = Received,
        OccurredAt = Received.AddSeconds(-1),
        ChangedAt = Received.AddSeconds(-1),
        Resource = new ResourceView("conversation", JsonValue.Create(3352330101)),
        ConversationId = 3352330101,
        ConversationNumber = 1024,
        MailboxId = 331042,
        CustomerId = 583901422,
        Title = "Printer on fire",
        Actor = "Ada Lovelace",
        Stale = false,
        Repeat = null,
        Repeats = 0,
        LastRepeatAt = null,
        Size = 2963,
        Deliveries = new DeliveryCountsView(Pending: 0, Delivered: 1, DeadLettered: 0, Discarded: 0),
    };

    private static readonly DeliveryView Delivery = new()
    {
        Id = DeliveryId,
        EventId = EventId,
        EventType = "convo.created",
        Title = "Printer on fire",
        EndpointId = EndpointId,
        EndpointName = "crm",
        State = "delivered",
        StateReason = null,
        Attempts = 1,
        NextAttemptAt = null,
        LastError = null,
        CreatedAt = Received,
        SettledAt = Delivered,
        Replay = null,
        ReplacedBy = null,
    };

    private static readonly AttemptView Attempt = new(
        1, Received, 41.218, "delivered", 200, null, [new HeaderView("Content-Type", "text/plain")], "ok");

    private static readonly EndpointView Endpoint = new()
    {
        Id = EndpointId,
        Name = "crm",
        Kind = "http",
        Url = "https://crm.example.com/helpscout",
        Events = ["convo.*", "customers"],
        MailboxIds = [],
        Ordering = "resource",
        TimeoutSeconds = 15,
        Concurrency = 10,
        IncludeUnreadable = true,
        State = "enabled",
        StateReason = null,
        Health = "ok",
        FailingSince = null,
        LastError = null,
        LastDeliveredAt = Delivered,
        CreatedAt = Received.AddDays(-30),
    };

    private static readonly SecretView Secret = new("b1946ac92492", "stored", null);

    private static readonly StatisticsView.Percentiles Latency = new(120, 3.1, 41.2);

    private static readonly Dictionary<string, JsonNode> Objects = new(StringComparer.Ordinal)
    {
        ["Event"] = Write(Event),
        ["EventDetail"] = Write(new EventDetailView(Event, [new HeaderView("X-HelpScout-Event", "convo.created")], [Delivery])),
        ["Delivery"] = Write(Delivery),
        ["DeliveryDetail"] = Write(new DeliveryDetailView(Delivery, [Attempt])),
        ["Attempt"] = Write(Attempt),
        ["Endpoint"] = Write(Endpoint),
        ["Replay"] = Write(new ReplayView(
            ReplayId, "running", 0.42, 17, null, EndpointId, DeadLetters: true, [], null, null, null, null, null, null, Delivered, null)),
        ["Source"] = Write(new SourceView(
            "default", "/webhook", Configured: true, [Secret], Received, 4711, new RegistrationView("ok", [], Received))),
        ["Secret"] = Write(Secret),
        ["EventType"] = Write(new EventTypeView("convo.created", "convoCreated", "conversation", IsDeletion: false)),
        ["Statistics"] = Write(new StatisticsView(
            Received.AddHours(-24),
            Received,
            300,
            new(120, new() { ["convo.created"] = 120 }, new() { ["default"] = 120 }, new() { ["ok"] = 120 }),
            new(120, new() { ["convo.created"] = 120 }),
            new(121, new() { ["delivered"] = 120, ["timedOut"] = 1 }),
            Latency,
            Latency,
            [new(EndpointId, "crm", 0, 0, null, 121, 1, 42.5, Latency, Latency)],
            [new(Received, 120, 120, 121, 1, Latency, Latency)],
            [new("convo.created", [120], [120])])),
        ["Key"] = Write(new KeyView(KeyId, "ada", "operator", Received, null, null, "created")),
        ["Audit"] = Write(new AuditView(Received, "ada", KeyId, "endpoint.pause", $"endpoint:{EndpointId}", null)),
        ["Health"] = Write(new HealthView("ready", new() { ["store"] = new HealthEntryView("ready", null) })),
    };

    /// <summary>Returns an example of a schema, if there is one.</summary>
    public static JsonNode? Of(string schema) => schema.EndsWith("Page", StringComparison.Ordinal)
        ? Objects.TryGetValue(schema[..^"Page".Length], out var item)
            ? new JsonObject { ["items"] = new JsonArray(item.DeepClone()), ["next"] = null }
            : null
        : Objects.GetValueOrDefault(schema)?.DeepClone();

    /// <summary>Returns the example of the response to a request that creates something.</summary>
    public static JsonNode? OfCreated(string schema)
    {
        var example = Of(schema);
        switch (schema)
        {
            case "Endpoint":
                example!["lastDeliveredAt"] = null;
                example["health"] = "unknown";
                example["secret"] = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
                break;
            case "Secret":
                example!["secret"] = "pg5uVzJm0yQk7bXH2LrTw9sDfA3cE8Nj";
                break;
            case "Key":
                example!["key"] = "shk_9f2c4b7e1d8a6035";
                break;
            default:
                break;
        }

        return example;
    }

    /// <summary>Returns the example of an error.</summary>
    public static JsonNode Problem(int status, string title)
    {
        var problem = new JsonObject
        {
            ["type"] = "about:blank",
            ["title"] = title,
            ["status"] = status,
            ["detail"] = status switch
            {
                400 => "limit: must be a number from 1 to 500.",
                401 => "Unknown API key.",
                403 => "This requires the role admin.",
                404 => "There is no such event. It may never have existed, or it was removed.",
                409 => "Several event ids end with 8e51c7f0. Send the full id of one of the candidates.",
                413 => "The body has more than 1048576 bytes.",
                429 => "Too many streams are open. Close one, or try again.",
                _ => "The store is unavailable. Try again.",
            },
        };
        if (status == 409)
        {
            problem["candidates"] = new JsonArray(EventId.ToString());
        }

        return problem;
    }

    private static JsonNode Write<T>(T view) =>
        JsonSerializer.SerializeToNode(view, typeof(T), ManagementJsonContext.Default)!;
}
