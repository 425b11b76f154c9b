namespace Scouthook.Inbox.Model;

/// <summary>Whether an endpoint is delivered to. In every state it keeps accruing what it is owed. The numbers are stored.</summary>
internal enum EndpointState
{
    Enabled = 0,

    /// <summary>A person stopped it for a while.</summary>
    Paused = 1,

    /// <summary>It was given up, with a reason: it answered 410, failed for days, or is not declared any more.</summary>
    Disabled = 2,
}
