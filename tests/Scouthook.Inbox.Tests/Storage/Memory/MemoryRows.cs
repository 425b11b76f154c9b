using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Storage.Memory;

/// <summary>A stored event.</summary>
internal sealed class MemoryEvent
{
    public required StoredEvent Stored { get; set; }

    public required byte[] Body { get; init; }

    public required string Headers { get; init; }

    public required DateTimeOffset Aged { get; init; }

    public required RoutedEvent Routed { get; init; }

    /// <summary>True if a delivery still needs it after its retention.</summary>
    public bool IsRetained { get; set; }

    public long Sequence => Stored.Sequence;
}

/// <summary>An endpoint; a deleted one stays for its deliveries.</summary>
internal sealed class MemoryEndpoint
{
    public required WebhookEndpoint Value { get; set; }

    public bool IsDeleted { get; set; }

    public WebhookEndpoint? Live => IsDeleted ? null : Value;
}

/// <summary>A delivery.</summary>
internal sealed class MemoryDelivery
{
    /// <summary>Its position among all.</summary>
    public required long Row { get; init; }

    public required Guid Id { get; init; }

    public required MemoryEvent Event { get; init; }

    public required MemoryEndpoint Endpoint { get; init; }

    public required long? OrderingKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required MemoryReplay? Replay { get; init; }

    public DeliveryState State { get; set; }

    /// <summary>True if later ones of its ordering key wait for it.</summary>
    public bool Holds { get; set; } = true;

    public DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>The attempts before its schedule was last restarted.</summary>
    public int Earlier { get; set; }

    /// <summary>The current lease.</summary>
    public MemoryLeaseClaim? Lease { get; set; }

    public DateTimeOffset LeasedUntil { get; set; }

    public bool IsStarted { get; set; }

    public string? Reason { get; set; }

    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>When it became a dead letter, on the age clock.</summary>
    public DateTimeOffset EndedAt { get; set; }

    public MemoryDelivery? ReplacedBy { get; set; }

    public List<MemoryAttempt> Made { get; } = [];
}

/// <summary>A finished attempt.</summary>
internal sealed record MemoryAttempt(Attempt Attempt, bool Delivers);

/// <summary>A lease; two are never equal.</summary>
internal sealed record MemoryLeaseClaim(Guid Token) : LeaseClaim;

/// <summary>A replay.</summary>
internal sealed class MemoryReplay
{
    public required Replay Value { get; set; }

    public required long Start { get; init; }

    public required long Position { get; set; }

    public required long Through { get; init; }
}

/// <summary>A change of which followers learn: a stored event or a finished attempt.</summary>
internal sealed record MemoryChange(long Id, MemoryEvent? Event, MemoryDelivery? Delivery, MemoryAttempt? Attempt);
