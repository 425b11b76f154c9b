namespace Scouthook.Events;

/// <summary>A user became available or unavailable, for e-mail or for chat.</summary>
public sealed record UserStatusChanged : UserStatusEvent;
