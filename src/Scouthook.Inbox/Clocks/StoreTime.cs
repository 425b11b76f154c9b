namespace Scouthook.Inbox.Clocks;

/// <summary>The time of a store at one moment, on the three clocks that rules use.</summary>
/// <param name="Now">The wall clock: for people, and nothing else.</param>
/// <param name="Steady">
/// The wall clock as if it had not moved since the process started: for waits and for spans between two moments.
/// </param>
/// <param name="Age">The age clock: for everything that happens to what is old.</param>
internal readonly record struct StoreTime(DateTimeOffset Now, DateTimeOffset Steady, DateTimeOffset Age);
