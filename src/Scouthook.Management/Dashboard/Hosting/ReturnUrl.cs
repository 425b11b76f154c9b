namespace Scouthook.Management.Dashboard.Hosting;

/// <summary>The page to show after sign-in: always one of the dashboard itself.</summary>
internal static class ReturnUrl
{
    public const string Parameter = "returnUrl";

    private const int MaxLength = 2_000;

    /// <summary>Returns the path below the dashboard, or its start page for anything else.</summary>
    /// <remarks>Browsers read a backslash as a slash, and drop tabs and line breaks: <c>/\example.com</c> leaves the site.</remarks>
    public static string Local(string? text) =>
        text is { Length: > 0 and <= MaxLength } && text[0] == '/'
        && !text.StartsWith("//", StringComparison.Ordinal)
        && !Uri.UnescapeDataString(text.Split('?', '#')[0]).Contains("/.", StringComparison.Ordinal)
        && !text.Any(character => character is '\\' || char.IsControl(character))
        && DashboardPaths.Include(new Microsoft.AspNetCore.Http.PathString(text.Split('?', '#')[0]))
        && !text.StartsWith(DashboardPaths.SignIn, StringComparison.Ordinal)
        && !text.StartsWith(DashboardPaths.SignOut, StringComparison.Ordinal)
            ? text
            : "/";
}
