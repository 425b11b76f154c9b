namespace Scouthook.Inbox.Clocks;

/// <summary>The instants that a store contains when a process opens it.</summary>
/// <param name="Age">The last value of the age clock; <see langword="null"/> if the store never had one.</param>
/// <param name="NewestStoredAt">When the newest event was stored; <see langword="null"/> if there is none.</param>
internal sealed record StoredClock(DateTimeOffset? Age, DateTimeOffset? NewestStoredAt);
