using System.Globalization;

namespace Scouthook.Testing;

/// <summary>The end of one delivery: one stored event and one handler or HTTP endpoint that it was for.</summary>
public sealed class HandledDelivery
{
    internal HandledDelivery(
        Guid eventId, string eventType, string endpointName, bool isDelivered, int attempts, string? error)
    {
        EventId = eventId;
        EventType = eventType;
        EndpointName = endpointName;
        IsDelivered = isDelivered;
        Attempts = attempts;
        Error = error;
    }

    /// <summary>The id of the event: the handler's <c>EventContext.Id</c>.</summary>
    public Guid EventId { get; }

    /// <summary>The name of the event, for example <c>convo.created</c>.</summary>
    public string EventType { get; }

    /// <summary>The name of the handler or HTTP endpoint.</summary>
    public string EndpointName { get; }

    /// <summary>True if it was delivered; false if it became a dead letter or was discarded.</summary>
    public bool IsDelivered { get; }

    /// <summary>The number of attempts.</summary>
    public int Attempts { get; }

    /// <summary>Why it was not delivered; <see langword="null"/> if it was.</summary>
    public string? Error { get; }

    /// <summary>Returns all of it in one line, to be shown where an assertion fails.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{EventType} to {EndpointName}: {(IsDelivered ? "delivered" : "not delivered")}, {Attempts} {(Attempts == 1 ? "attempt" : "attempts")}{(Error is null ? "" : $". {Error}")}");
}
