using Scouthook.Parsing;

namespace Scouthook.Inbox.Model;

/// <summary>A verified request to be stored.</summary>
internal sealed record NewEvent
{
    /// <summary>The id it will have if it is stored: a UUID of version 7.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>The event name as received; empty when there was none.</summary>
    public required string EventType { get; init; }

    /// <summary>The facts read from the body in a single pass.</summary>
    public required EventFacts Facts { get; init; }

    /// <summary>True if the event reports the deletion of its resource.</summary>
    public required bool IsDeletion { get; init; }

    /// <summary>The body, byte for byte. Valid until the append has ended.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The request's headers as a JSON array of pairs, at most 8 KB.</summary>
    public required string Headers { get; init; }

    /// <summary>When the request was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The age clock when the request was received: retention and the recognition of repeats use it.</summary>
    /// <value><see langword="null"/> if not known yet; then <see cref="ReceivedAt"/> counts.</value>
    public DateTimeOffset? AgedAt { get; init; }

    /// <summary>Identifies equal requests: 24 bytes.</summary>
    /// <value><see langword="null"/> if the source does not recognise repeats.</value>
    public required byte[]? DeduplicationKey { get; init; }
}
