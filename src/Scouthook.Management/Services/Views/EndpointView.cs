using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Scouthook.Inbox;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering.Destinations;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Management.Services.Disclosure;

namespace Scouthook.Management.Services.Views;

/// <summary>An endpoint that events are delivered to.</summary>
internal sealed record EndpointView : IForViewers
{
    /// <summary>The id of the endpoint.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name, unique among endpoints.</summary>
    public required string Name { get; init; }

    /// <summary><c>http</c> or <c>handler</c>.</summary>
    [AllowedValues("http", "handler")]
    public required string Kind { get; init; }

    /// <summary>The URL that deliveries are posted to; for viewers, without user, path and query.</summary>
    public required string? Url { get; init; }

    /// <summary>Names or patterns of the events to deliver.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>The inboxes in Help Scout whose events to deliver; empty: all.</summary>
    public required IReadOnlyList<long> MailboxIds { get; init; }

    /// <summary><c>resource</c>, <c>strict</c> or <c>none</c>.</summary>
    [KnownTexts(typeof(EndpointOrdering))]
    public required string Ordering { get; init; }

    /// <summary>How long an attempt may take.</summary>
    public required double TimeoutSeconds { get; init; }

    /// <summary>How many attempts may run at once.</summary>
    public required int Concurrency { get; init; }

    /// <summary>True if the endpoint also gets unreadable events.</summary>
    public required bool IncludeUnreadable { get; init; }

    /// <summary><c>enabled</c>, <c>paused</c> or <c>disabled</c>.</summary>
    [KnownTexts(typeof(EndpointState))]
    public required string State { get; init; }

    /// <summary>Why it is disabled.</summary>
    public required string? StateReason { get; init; }

    /// <summary>
    /// The result of the last attempts: <c>ok</c>, <c>failing</c>, <c>down</c> (several failed in a row; one at a time
    /// is made until one succeeds), or <c>unknown</c> (none yet, or none since it was enabled again).
    /// </summary>
    [KnownTexts(typeof(EndpointCondition))]
    public required string Health { get; init; }

    /// <summary>The time since which every attempt has failed.</summary>
    public required DateTimeOffset? FailingSince { get; init; }

    /// <summary>The error of the last attempt.</summary>
    public required string? LastError { get; init; }

    /// <summary>The time of the last successful delivery, to the second.</summary>
    public required DateTimeOffset? LastDeliveredAt { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Only in the response to creation and rotation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    /// <summary>The <c>whsec_</c> secret that was generated next to one of another form.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StandardWebhooksSecret { get; init; }

    public object ForViewers() => this with
    {
        Url = Url is null ? null : ViewerText.Mask(Url),
        StateReason = ViewerText.Mask(StateReason),
        LastError = ViewerText.Mask(LastError),
    };

    public static EndpointView From(
        WebhookEndpoint endpoint, DestinationDescription destination, DeliverySettings settings) => new()
    {
        Id = endpoint.Id,
        Name = endpoint.Name,
        Kind = destination.Kind,
        Url = destination.Url?.AbsoluteUri,
        Events = endpoint.Definition.Events,
        MailboxIds = endpoint.Definition.MailboxIds,
        Ordering = DeliveryText.From(endpoint.Definition.Ordering),
        TimeoutSeconds = (endpoint.Definition.Timeout ?? settings.Timeout).TotalSeconds,
        Concurrency = endpoint.Definition.Concurrency ?? settings.Concurrency,
        IncludeUnreadable = endpoint.Definition.States.HasFlag(EventStates.Unreadable),
        State = DeliveryText.From(endpoint.State),
        StateReason = endpoint.StateReason,
        Health = DeliveryText.From(EndpointHealthRule.ConditionOf(endpoint)),
        FailingSince = endpoint.FailingSince,
        LastError = endpoint.Health.LastError,
        LastDeliveredAt = endpoint.Health.LastDeliveredAt,
        CreatedAt = endpoint.CreatedAt,
    };
}
