namespace Scouthook.Inbox.Model;

/// <summary>What a key allows, each with all that the one before allows. The numbers are stored.</summary>
internal enum ApiRole
{
    /// <summary>Sees events and deliveries, but no bodies and no secrets.</summary>
    Viewer = 0,

    /// <summary>Also sees bodies, retries, replays and pauses.</summary>
    Operator = 1,

    /// <summary>May do everything.</summary>
    Admin = 2,
}
