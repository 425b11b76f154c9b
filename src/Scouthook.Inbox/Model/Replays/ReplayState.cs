namespace Scouthook.Inbox.Model;

/// <summary>The state of a replay. The numbers are stored.</summary>
internal enum ReplayState
{
    Running = 0,
    Done = 1,

    /// <summary>Stopped by an operator; deliveries already added stay.</summary>
    Stopped = 2,
}
