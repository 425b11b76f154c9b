namespace Scouthook.Inbox.Model;

/// <summary>How an endpoint is doing, as its last attempts have shown.</summary>
internal enum EndpointCondition
{
    /// <summary>Nothing was attempted yet, or not since it was enabled again.</summary>
    Unknown = 0,

    /// <summary>The last attempt succeeded.</summary>
    Ok = 1,

    /// <summary>The last attempt failed.</summary>
    Failing = 2,

    /// <summary>Several failed in a row, for a while: one attempt at a time is made until one succeeds.</summary>
    Down = 3,
}
