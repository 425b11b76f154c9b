namespace Scouthook.Inbox.Model;

/// <summary>Something that followers are told: a stored event, or a finished attempt.</summary>
/// <param name="Id">Its place in the order of commit.</param>
/// <param name="Event">The event, of a stored one.</param>
/// <param name="Delivery">The delivery, of an attempt.</param>
/// <param name="Attempt">The attempt.</param>
internal sealed record Change(long Id, StoredEvent? Event, Delivery? Delivery, Attempt? Attempt);
