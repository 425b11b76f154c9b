namespace Scouthook.Inbox.Clocks;

/// <summary>What a store knows about time when a process opens it.</summary>
/// <param name="Age">Where the age clock was left; <see langword="null"/>: the store never had one.</param>
/// <param name="NewestStoredAt">When the newest event was stored; <see langword="null"/>: there is none.</param>
internal sealed record StoredClock(DateTimeOffset? Age, DateTimeOffset? NewestStoredAt);
