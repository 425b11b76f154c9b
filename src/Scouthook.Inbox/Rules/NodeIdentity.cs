namespace Scouthook.Inbox.Rules;

/// <summary>The node that runs a change.</summary>
/// <param name="Id">Identifies the running process.</param>
/// <param name="IsAlone">True if the store belongs to one process, so that no other node can be running.</param>
internal readonly record struct NodeIdentity(Guid Id, bool IsAlone);
