using System.Diagnostics.CodeAnalysis;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>A delivery on the wire.</summary>
internal record DeliveryJson
{
    [SetsRequiredMembers]
    public DeliveryJson(Delivery delivery)
    {
        Id = delivery.Id;
        EventId = delivery.EventId;
        EndpointId = delivery.EndpointId;
        State = DeliveryText.From(delivery.State);
        StateReason = delivery.StateReason;
        Attempts = delivery.Attempts;
        NextAttemptAt = delivery.NextAttemptAt;
        CreatedAt = delivery.CreatedAt;
        SettledAt = delivery.SettledAt;
        Replay = delivery.Replay;
        ReplacedBy = delivery.ReplacedBy;
    }

    public Guid Id { get; }

    public Guid EventId { get; }

    public Guid EndpointId { get; }

    public string State { get; }

    /// <summary>Why it is a dead letter.</summary>
    public string? StateReason { get; }

    public int Attempts { get; }

    /// <summary>Of a pending delivery, <see langword="null"/> means that an earlier one of its resource goes first.</summary>
    public DateTimeOffset? NextAttemptAt { get; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset? SettledAt { get; }

    public Guid? Replay { get; }

    public Guid? ReplacedBy { get; }
}
