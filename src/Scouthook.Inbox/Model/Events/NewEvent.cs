using Scouthook.Parsing;



namespace Scouthook.Inbox.Model;

/// <summary>A verified request on its way into the inbox.</summary>
internal sealed record NewEvent
{
    /// <summary>The id it will have if it is stored: a UUID of version 7.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>The event name as received; empty when there was none.</summary>
    public required string EventType { get; init; }

    /// <summary>What one pass over the body told.</summary>
    public required EventFacts Facts { get; init; }

    /// <summary>Whether the event says that its resource was deleted.</summary>
    public required bool IsDeletion { get; init; }

    /// <summary>The body, byte for byte. Valid until the append has ended.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The request's headers as a JSON array of pairs, at most 8 KB.</summary>
    public required string Headers { get; init; }

    /// <summary>When the request was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The age clock when the request was received: by it the event becomes old, and its repeats are recognised.</summary>
    /// <value><see langword="null"/>: not known yet; then <see cref="ReceivedAt"/> counts.</value>
    public DateTimeOffset? AgedAt { get; init; }

    /// <summary>What makes two requests the same: 24 bytes.</summary>
    /// <value><see langword="null"/>: the source does not recognise repeats.</value>
    public required byte[]? DeduplicationKey { get; init; }
}
