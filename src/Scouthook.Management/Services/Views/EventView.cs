using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Management.Services.Disclosure;

namespace Scouthook.Management.Services.Views;

/// <summary>A stored event.</summary>
internal record EventView : IForViewers
{
    /// <summary>The id of the event, which endpoints get as <c>webhook-id</c>.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its position in storage order.</summary>
    public required long Sequence { get; init; }

    /// <summary>The name of the source that received it.</summary>
    public required string Source { get; init; }

    /// <summary>The event name as received, such as <c>convo.tags</c>.</summary>
    public required string Type { get; init; }

    /// <summary>How the body was read: <c>ok</c>, <c>unknown</c>, <c>unreadable</c> or <c>notification</c>.</summary>
    [KnownTexts(typeof(EventState))]
    public required string State { get; init; }

    /// <summary>Why it is unreadable, or only partly read.</summary>
    public required string? StateReason { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it happened, if the body says so.</summary>
    public required DateTimeOffset? OccurredAt { get; init; }

    /// <summary>When the state in the body last changed: decides which of two bodies of a resource is newer.</summary>
    public required DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The resource that it is about.</summary>
    public required ResourceView? Resource { get; init; }

    /// <summary>The id of its conversation.</summary>
    public required long? ConversationId { get; init; }

    /// <summary>The number of its conversation, as shown in Help Scout.</summary>
    public required long? ConversationNumber { get; init; }

    /// <summary>The id of its inbox in Help Scout.</summary>
    public required long? MailboxId { get; init; }

    /// <summary>The id of its customer.</summary>
    public required long? CustomerId { get; init; }

    /// <summary>The subject, else the preview; <see langword="null"/> for viewers if it comes from the preview.</summary>
    public required string? Title { get; init; }

    /// <summary>The person who caused it, if the body says so.</summary>
    public required string? Actor { get; init; }

    /// <summary>True if it was older than the known state of its resource when it was received.</summary>
    public required bool Stale { get; init; }

    /// <summary>
    /// <c>possible</c> if the same request was received before and this may be the same event again; else
    /// <see langword="null"/>.
    /// </summary>
    [AllowedValues("possible")]
    public required string? Repeat { get; init; }

    /// <summary>How many further requests were recognised as repeats of this one.</summary>
    public required int Repeats { get; init; }

    /// <summary>When the last repeat was received.</summary>
    public required DateTimeOffset? LastRepeatAt { get; init; }

    /// <summary>The size of the body in bytes.</summary>
    public required int Size { get; init; }

    /// <summary>The number of its deliveries in each state.</summary>
    public required DeliveryCountsView Deliveries { get; init; }

    [JsonIgnore]
    public bool TitleIsPreview { get; init; }

    public virtual object ForViewers() => WithoutBodies();

    protected EventView WithoutBodies() => this with
    {
        Title = EventTitle.ForViewers(Title, TitleIsPreview),
        StateReason = ViewerText.Mask(StateReason),
    };

    public static EventView From(StoredEvent stored, DeliveryCounts deliveries)
    {
        var facts = stored.Facts;
        return new EventView
        {
            Id = stored.Id,
            Sequence = stored.Sequence,
            Source = stored.Source,
            Type = stored.EventType,
            State = StateText.From(facts.State),
            StateReason = facts.StateReason,
            ReceivedAt = stored.ReceivedAt,
            OccurredAt = facts.OccurredAt,
            ChangedAt = facts.ChangedAt,
            Resource = facts.Resource is { } resource ? ResourceView.From(resource) : null,
            ConversationId = facts.ConversationId,
            ConversationNumber = facts.ConversationNumber,
            MailboxId = facts.MailboxId,
            CustomerId = facts.CustomerId,
            Title = facts.Title,
            TitleIsPreview = facts.TitleIsPreview,
            Actor = facts.Actor,
            Stale = stored.IsStale,
            Repeat = stored.IsPossibleRepeat ? "possible" : null,
            Repeats = stored.Repeats,
            LastRepeatAt = stored.LastRepeatAt,
            Size = stored.Size,
            Deliveries = DeliveryCountsView.From(deliveries),
        };
    }
}
