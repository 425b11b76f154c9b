namespace Scouthook.Inbox.Model;

/// <summary>Which deliveries somebody wants to see, newest first. Every condition that is set must hold.</summary>
internal sealed record DeliveryQuery
{
    public Guid? EndpointId { get; init; }

    public DeliveryState? State { get; init; }

    public Guid? EventId { get; init; }

    /// <summary>Only deliveries before this one: where the page before ended.</summary>
    public long? Before { get; init; }

    public int Limit { get; init; } = 50;
}
