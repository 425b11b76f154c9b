namespace Scouthook.Inbox.Model;

/// <summary>How far a replay is. The numbers are stored.</summary>
internal enum ReplayState
{
    Running = 0,
    Done = 1,

    /// <summary>A person stopped it; what it had added stays.</summary>
    Stopped = 2,
}
