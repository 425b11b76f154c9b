namespace Scouthook.Inbox.Rules;

/// <summary>The kinds of latency. The numbers are stored.</summary>
internal enum LatencyKind
{
    /// <summary>From receiving an event to the end of the attempt that delivered it.</summary>
    Delivery = 0,

    /// <summary>The duration of one attempt, whatever its outcome.</summary>
    Attempt = 1,
}
