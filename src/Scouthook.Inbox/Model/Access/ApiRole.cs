namespace Scouthook.Inbox.Model;

/// <summary>The permissions of a key; each role includes those of the one before. The numbers are stored.</summary>
internal enum ApiRole
{
    /// <summary>Sees events and deliveries, but no bodies and no secrets.</summary>
    Viewer = 0,

    /// <summary>Also sees bodies, retries, replays and pauses.</summary>
    Operator = 1,

    /// <summary>May do everything.</summary>
    Admin = 2,
}
