namespace Scouthook.Inbox.Storage;

/// <summary>Decides which node does the work that only one of them may do.</summary>
internal interface ILeadership
{
    /// <summary>True while this node leads. A store that belongs to one process is always led by it.</summary>
    bool IsLeader { get; }
}
