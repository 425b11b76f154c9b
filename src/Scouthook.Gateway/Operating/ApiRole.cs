namespace Scouthook.Gateway.Operating;

/// <summary>Roles of keys, each with all that the one before may do.</summary>
internal static class ApiRole
{
    /// <summary>Sees events and deliveries, but no bodies and no secrets.</summary>
    public const string Viewer = "viewer";

    /// <summary>Also sees bodies, retries, replays and pauses.</summary>
    public const string Operator = "operator";

    /// <summary>May do everything.</summary>
    public const string Admin = "admin";
}
