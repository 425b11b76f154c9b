using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>A stored event on the wire.</summary>
internal record EventJson
{
    public required Guid Id { get; init; }

    public required long Sequence { get; init; }

    public required string Source { get; init; }

    public required string Type { get; init; }

    public required string State { get; init; }

    public required string? StateReason { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset? OccurredAt { get; init; }

    public required ResourceJson? Resource { get; init; }

    public required long? ConversationId { get; init; }

    public required long? ConversationNumber { get; init; }

    public required long? MailboxId { get; init; }

    public required long? CustomerId { get; init; }

    public required string? Title { get; init; }

    public required string? Actor { get; init; }

    public required bool Stale { get; init; }

    public required string? Repeat { get; init; }

    public required int Repeats { get; init; }

    public required DateTimeOffset? LastRepeatAt { get; init; }

    public required int Size { get; init; }

    public required DeliveryCountsJson Deliveries { get; init; }

    public static EventJson From(StoredEvent stored, DeliveryCounts deliveries) => new()
    {
        Id = stored.Id,
        Sequence = stored.Sequence,
        Source = stored.Source,
        Type = stored.EventType,
        State = StateText.From(stored.State),
        StateReason = stored.StateReason,
        ReceivedAt = stored.ReceivedAt,
        OccurredAt = stored.OccurredAt,
        Resource = stored.Resource is { } resource ? ResourceJson.From(resource) : null,
        ConversationId = stored.ConversationId,
        ConversationNumber = stored.ConversationNumber,
        MailboxId = stored.MailboxId,
        CustomerId = stored.CustomerId,
        Title = stored.Title,
        Actor = stored.Actor,
        Stale = stored.IsStale,
        Repeat = stored.IsPossibleRepeat ? "possible" : null,
        Repeats = stored.Repeats,
        LastRepeatAt = stored.LastRepeatAt,
        Size = stored.Size,
        Deliveries = DeliveryCountsJson.From(deliveries),
    };
}
