using Scouthook.Parsing;

namespace Scouthook.Inbox.Model;

/// <summary>A stored event as lists show it: everything but the bytes.</summary>
internal sealed record StoredEvent
{
    /// <summary>Identifies the event; does not reflect its order.</summary>
    public required Guid Id { get; init; }

    /// <summary>The position of the event in storage order, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>The event name as received; empty when there was none.</summary>
    public required string EventType { get; init; }

    /// <summary>When the request was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The facts read from the body, as stored. <see cref="EventFacts.ResourceUri"/> is not stored.</summary>
    public required EventFacts Facts { get; init; }

    /// <summary>True if the event was older than the known state of its resource.</summary>
    public bool IsStale { get; init; }

    /// <summary>True if the same request was stored before, so that this may be the same event again.</summary>
    public bool IsPossibleRepeat { get; init; }

    /// <summary>How many repeats of the request were recognised.</summary>
    public int Repeats { get; init; }

    /// <summary>When the last repeat was received.</summary>
    public DateTimeOffset? LastRepeatAt { get; init; }

    /// <summary>The size of the body in bytes.</summary>
    public int Size { get; init; }
}
