using Microsoft.AspNetCore.Http;

namespace Scouthook.Management.Dashboard;

/// <summary>The paths of the dashboard, below the path of management.</summary>
internal static class DashboardPaths
{
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";
    public const string Session = "/session";
    public const string Assets = "/_assets";
    public const string Framework = "/_framework";
    public const string Circuit = "/_blazor";

    /// <summary>The first segments of all paths. Requests outside do not start the dashboard.</summary>
    public static IReadOnlyList<string> Roots { get; } =
    [
        "/overview", "/events", "/deliveries", "/dead-letters", "/endpoints", "/replays", "/sources", "/contract", "/keys", "/audit",
        SignIn, SignOut, Session, Assets, Framework, Circuit, "/favicon.ico",
    ];

    public static bool Include(PathString path) =>
        path is { HasValue: false } or { Value: "/" } || Roots.Any(root => path.StartsWithSegments(root));
}
