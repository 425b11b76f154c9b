using System.Text.Json.Serialization;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Management.Services.Disclosure;

namespace Scouthook.Management.Services.Views;

/// <summary>The delivery of one event to one endpoint.</summary>
internal record DeliveryView : IForViewers
{
    /// <summary>The id of the delivery.</summary>
    public required Guid Id { get; init; }

    /// <summary>The id of the event.</summary>
    public required Guid EventId { get; init; }

    /// <summary>The name of the event, such as <c>convo.tags</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>The subject, else the preview; <see langword="null"/> for viewers if it comes from the preview.</summary>
    public required string? Title { get; init; }

    /// <summary>The id of the endpoint.</summary>
    public required Guid EndpointId { get; init; }

    /// <summary>The name of the endpoint.</summary>
    public required string EndpointName { get; init; }

    /// <summary><c>pending</c>, <c>leased</c>, <c>delivered</c>, <c>deadLettered</c> or <c>discarded</c>.</summary>
    [KnownTexts(typeof(DeliveryState))]
    public required string State { get; init; }

    /// <summary>Why it is a dead letter.</summary>
    public required string? StateReason { get; init; }

    /// <summary>How many attempts were started.</summary>
    public required int Attempts { get; init; }

    /// <summary>
    /// <see langword="null"/> for a pending delivery means that an earlier one of its resource goes first.
    /// </summary>
    public required DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The error of the last attempt; <see langword="null"/> if it succeeded or there was none.</summary>
    public required string? LastError { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was delivered, given up or discarded.</summary>
    public required DateTimeOffset? SettledAt { get; init; }

    /// <summary>The replay that added it.</summary>
    public required Guid? Replay { get; init; }

    /// <summary>For a dead letter, the delivery that a replay created in its place.</summary>
    public required Guid? ReplacedBy { get; init; }

    [JsonIgnore]
    public bool TitleIsPreview { get; init; }

    public virtual object ForViewers() => WithoutBodies();

    protected DeliveryView WithoutBodies() => this with
    {
        Title = EventTitle.ForViewers(Title, TitleIsPreview),
        StateReason = ViewerText.Mask(StateReason),
        LastError = ViewerText.Mask(LastError),
    };

    public static DeliveryView From(Delivery delivery) => new()
    {
        Id = delivery.Id,
        EventId = delivery.EventId,
        EventType = delivery.EventType,
        Title = delivery.Title,
        TitleIsPreview = delivery.TitleIsPreview,
        EndpointId = delivery.EndpointId,
        EndpointName = delivery.EndpointName,
        State = DeliveryText.From(delivery.State),
        StateReason = delivery.StateReason,
        Attempts = delivery.Attempts,
        NextAttemptAt = delivery.NextAttemptAt,
        LastError = delivery.LastError,
        CreatedAt = delivery.CreatedAt,
        SettledAt = delivery.SettledAt,
        Replay = delivery.Replay,
        ReplacedBy = delivery.ReplacedBy,
    };
}
