namespace Scouthook.Inbox.PostgreSql;

/// <summary>A leased row of <c>delivery</c>, without the event.</summary>
internal readonly record struct PostgreSqlLeasedRow(
    PostgreSqlLeaseClaim Claim, Guid Id, long Sequence, int Attempt, int SinceReopened, bool IsStarted, Guid? Replay);
