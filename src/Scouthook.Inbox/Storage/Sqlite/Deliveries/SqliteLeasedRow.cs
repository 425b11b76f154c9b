namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>A leased row of <c>delivery</c>, without the event.</summary>
internal readonly record struct SqliteLeasedRow(
    SqliteLeaseClaim Claim, Guid Id, long Sequence, int Attempt, int SinceReopened, bool IsStarted, Guid? Replay);
