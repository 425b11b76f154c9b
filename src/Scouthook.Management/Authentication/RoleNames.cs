using Scouthook.Inbox.Model;

namespace Scouthook.Management.Authentication;

/// <summary>The names of <see cref="ApiRole"/>, in JSON and as policies.</summary>
internal static class RoleNames
{
    public const string Viewer = "viewer";
    public const string Operator = "operator";
    public const string Admin = "admin";

    public static string From(ApiRole role) => role switch
    {
        ApiRole.Viewer => Viewer,
        ApiRole.Operator => Operator,
        ApiRole.Admin => Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    public static bool TryRead(string text, out ApiRole role)
    {
        foreach (var known in Enum.GetValues<ApiRole>())
        {
            if (text == From(known))
            {
                role = known;
                return true;
            }
        }

        role = default;
        return false;
    }
}
