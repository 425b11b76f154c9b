namespace Scouthook.Inbox.Model;

/// <summary>Who changed what, and when.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">The name of the key; several keys may share one.</param>
/// <param name="ActorKeyId">The id of the key; <see langword="null"/>: the change was made without a key.</param>
/// <param name="Action">What was done, such as <c>endpoint.create</c>.</param>
/// <param name="Target">What it was done to, such as <c>endpoint:0199…</c>.</param>
/// <param name="Detail">More, as JSON; never a secret or a payload.</param>
/// <param name="Key">The store's own number, which lists go by.</param>
internal sealed record AuditEntry(
    DateTimeOffset At, string Actor, Guid? ActorKeyId, string Action, string? Target, string? Detail, long Key = 0);
