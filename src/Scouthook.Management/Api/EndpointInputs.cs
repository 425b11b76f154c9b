using System.Text.Json.Nodes;
using Scouthook.Inbox;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Requests;
using Scouthook.Management.Services;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Api;

/// <summary>The members of an endpoint in the body of a request.</summary>
internal static class EndpointInputs
{
    /// <summary>The members that a change may set.</summary>
    public static IReadOnlyList<ApiInput> Changeable { get; } =
    [
        new("name", "The name, unique among endpoints.") { Example = "crm" },
        new("url", "The URL that events are posted to: absolute, http or https.") { Example = "https://crm.example.com/helpscout" },
        new("events", "Which events: names, families or patterns (`convo.tags`, `conversations`, `convo.*`, `*`, `scouthook.*`).")
        {
            IsList = true, Example = new JsonArray("convo.*", "customers"),
        },
        new("mailboxIds", "Only events of these mailboxes; all if empty.") { IsList = true, Kind = ApiInputKind.Whole },
        new("ordering", "`resource` keeps the order of each resource; with `strict`, a dead letter also blocks later events of its resource; `none` keeps no order.")
        {
            Values = [.. Enum.GetValues<EndpointOrdering>().Select(DeliveryText.From)],
        },
        new("timeoutSeconds", "How long an attempt may take.")
        {
            Kind = ApiInputKind.Number, Min = EndpointValidator.MinTimeoutSeconds, Max = EndpointValidator.MaxTimeoutSeconds,
        },
        new("concurrency", "How many attempts may run at once.")
        {
            Kind = ApiInputKind.Whole, Min = 1, Max = DeliverySettingsReader.LargestConcurrency,
        },
        new("includeUnreadable", "Whether the endpoint also gets unreadable events.")
        {
            Kind = ApiInputKind.Flag,
        },
    ];

    /// <summary>The form of a new secret.</summary>
    public static ApiInput Secret { get; } = new(
        "secret", "The secret that deliveries are signed with: `whsec_` and base64, or any other text. Generated, if left out.")
    {
        Example = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
    };

    /// <summary>The members that a creation may set.</summary>
    public static IReadOnlyList<ApiInput> Creatable { get; } =
    [
        .. Changeable.Select(input => input.Name switch
        {
            "name" => input with { Description = "The name, unique among endpoints; the host of the URL, if left out." },
            "url" => input with { IsRequired = true },
            "events" => input with { Default = new JsonArray("*") },
            "ordering" => input with { Default = DeliveryText.From(EndpointOrdering.Resource) },
            "timeoutSeconds" => input with { Description = "How long an attempt may take; `Delivery:Timeout`, if left out." },
            "concurrency" => input with { Description = "How many attempts may run at once; `Delivery:Concurrency`, if left out." },
            "includeUnreadable" => input with { Default = true },
            _ => input,
        }),
        Secret,
        new("startFrom", "Where to start: `now`, `beginning`, or a timestamp.") { Default = "now" },
    ];

    /// <summary>Reads the members; those of the wrong JSON type are in <see cref="BodyReader.Problem"/>.</summary>
    public static EndpointRequest Read(BodyReader body) => new()
    {
        Name = body.GetString("name"),
        Url = body.GetString("url"),
        Events = body.GetStrings("events", EventPattern.IsValid, EndpointRules.PatternRule),
        MailboxIds = body.GetInt64s("mailboxIds", "must be mailbox ids, which are numbers."),
        Ordering = body.GetString("ordering"),
        TimeoutSeconds = body.GetDouble("timeoutSeconds", EndpointValidator.MinTimeoutSeconds, EndpointValidator.MaxTimeoutSeconds),
        Concurrency = body.GetDouble("concurrency", 1, DeliverySettingsReader.LargestConcurrency),
        IncludeUnreadable = body.GetBoolean("includeUnreadable"),
        Secret = body.GetString("secret"),
        StartFrom = body.GetString("startFrom"),
    };
}
