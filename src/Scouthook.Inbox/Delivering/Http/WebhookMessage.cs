using System.Diagnostics;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>The request of one attempt: the original bytes and the metadata sent as headers.</summary>
internal sealed record WebhookMessage
{
    private readonly ActivityTraceId? _traceId;

    public required Guid EventId { get; init; }

    /// <summary>The event name as received; empty when there was none.</summary>
    public required string EventType { get; init; }

    public required string Source { get; init; }

    public required long Sequence { get; init; }

    public required Guid DeliveryId { get; init; }

    /// <summary>The number of the attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The id of the replay that asked for the delivery.</summary>
    public Guid? Replay { get; init; }

    /// <summary>True if the same request was stored before, so that this may be the same event again.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>True if the event was older than the known state of its resource.</summary>
    public bool IsStale { get; init; }

    /// <summary>How well the event could be read; <see langword="null"/> for events read in full.</summary>
    public string? State { get; init; }

    /// <summary>The bytes that Help Scout sent.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The content coding of the bytes as received, which the endpoint needs to decode them.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The trace of the attempt; by default the event's own, so that all its deliveries share one.</summary>
    public ActivityTraceId TraceId
    {
        get => _traceId ?? ActivityTraceId.CreateFromBytes(EventId.ToByteArray(bigEndian: true));
        init => _traceId = value;
    }
}
