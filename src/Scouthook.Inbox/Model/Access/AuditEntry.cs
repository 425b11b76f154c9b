namespace Scouthook.Inbox.Model;

/// <summary>A record of who changed what, and when.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Actor">The name of the key; several keys may share one.</param>
/// <param name="ActorKeyId">The id of the key; <see langword="null"/>: the change was made without a key.</param>
/// <param name="Action">The action, such as <c>endpoint.create</c>.</param>
/// <param name="Target">The object of the action, such as <c>endpoint:0199…</c>.</param>
/// <param name="Detail">Details, as JSON; never a secret or a payload.</param>
internal sealed record AuditEntry(
    DateTimeOffset At, string Actor, Guid? ActorKeyId, string Action, string? Target, string? Detail);
