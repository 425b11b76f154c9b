namespace Scouthook.Inbox.Model;

/// <summary>
/// Proves to the store that granted it that a lease is held: each store has a kind of its own. Never valid for another
/// lease of the same delivery.
/// </summary>
internal abstract record LeaseClaim;
