namespace Scouthook.Handling;

/// <summary>Thrown by a handler when retrying is of no use.</summary>
/// <remarks>
/// With an inbox the delivery becomes a dead letter at once, kept until it is retried, replayed or discarded. Without
/// one, the event is acknowledged and an error is logged: another request from Help Scout would have the same result.
/// </remarks>
/// <param name="reason">The reason, for the operators who read dead letters; no payload, no secret.</param>
public sealed class GiveUpException(string reason) : Exception(reason);
