namespace Scouthook.Inbox.Model;

/// <summary>A change reported to followers: a stored event, or a finished attempt.</summary>
/// <param name="Id">Its position in commit order.</param>
/// <param name="Event">The stored event.</param>
/// <param name="Delivery">The delivery of the attempt.</param>
/// <param name="Attempt">The attempt.</param>
internal sealed record Change(long Id, StoredEvent? Event, Delivery? Delivery, Attempt? Attempt);
