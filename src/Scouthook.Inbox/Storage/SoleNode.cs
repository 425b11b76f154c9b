namespace Scouthook.Inbox.Storage;

/// <summary>The leadership of a store that belongs to one process.</summary>
internal sealed class SoleNode : ILeadership
{
    public bool IsLeader => true;
}
