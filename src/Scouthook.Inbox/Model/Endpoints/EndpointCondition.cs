namespace Scouthook.Inbox.Model;

/// <summary>The condition of an endpoint, as shown by its last attempts.</summary>
internal enum EndpointCondition
{
    /// <summary>Nothing has been attempted yet, or not since the endpoint was enabled again.</summary>
    Unknown = 0,

    /// <summary>The last attempt succeeded.</summary>
    Ok = 1,

    /// <summary>The last attempt failed.</summary>
    Failing = 2,

    /// <summary>
    /// Several consecutive attempts failed over some time: one attempt at a time is made until one succeeds.
    /// </summary>
    Down = 3,
}
