namespace Scouthook.Inbox.Model;

/// <summary>One attempt of a delivery: written once, never edited.</summary>
internal sealed record Attempt(int Number, DateTimeOffset StartedAt, AttemptResult Result);
