namespace Scouthook.Inbox.Model;

/// <summary>A query for deliveries, newest first. Every condition that is set must hold.</summary>
internal sealed record DeliveryQuery
{
    public Guid? EndpointId { get; init; }

    public DeliveryState? State { get; init; }

    public Guid? EventId { get; init; }

    /// <summary>Patterns of event names, any of which may match. Empty: all.</summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    /// <summary>Created at this instant or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Created before this instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The <see cref="Page{T}.Next"/> of the previous page.</summary>
    public string? Cursor { get; init; }

    public int Limit { get; init; } = 50;
}
