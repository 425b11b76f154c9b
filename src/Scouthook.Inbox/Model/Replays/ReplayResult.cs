namespace Scouthook.Inbox.Model;

/// <summary>The outcome of starting or stopping a replay, and the replay after that.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Replay">The replay; <see langword="null"/> if there is none to show.</param>
internal readonly record struct ReplayResult(ReplayOutcome Outcome, Replay? Replay = null);
