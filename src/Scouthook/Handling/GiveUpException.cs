namespace Scouthook.Handling;

/// <summary>Thrown by a handler for which trying again is of no use.</summary>
/// <remarks>
/// With an inbox the delivery becomes a dead letter at once, kept until a person retries, replays or discards it. Without
/// one, the event is acknowledged and an error is logged: asking Help Scout again would end the same.
/// </remarks>
/// <param name="reason">Why, in words for people who look at dead letters; no payload, no secret.</param>
public sealed class GiveUpException(string reason) : Exception(reason);
