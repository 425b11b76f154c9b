using System.Globalization;
using System.Security.Claims;
using Scouthook.Inbox.Model;
using Scouthook.Management.Authentication;

namespace Scouthook.Management.Dashboard.Sessions;

/// <summary>A caller as claims, which the session cookie carries and a circuit keeps.</summary>
internal static class SessionIdentity
{
    /// <summary>The authentication type of the identity, and the scheme of the cookie.</summary>
    public const string Scheme = "Scouthook.Dashboard";

    private const string Name = "scouthook:name";
    private const string Role = "scouthook:role";
    private const string KeyId = "scouthook:key";
    private const string KeyHash = "scouthook:hash";
    private const string Until = "scouthook:until";

    /// <param name="caller">The caller.</param>
    /// <param name="until">When the session ends.</param>
    /// <param name="keyHash">The hash of the API key; <see langword="null"/> for a user of the app.</param>
    public static ClaimsIdentity Create(Caller caller, DateTimeOffset until, byte[]? keyHash = null)
    {
        var identity = new ClaimsIdentity(Scheme, Name, Role);
        identity.AddClaim(new Claim(Name, caller.Name));
        identity.AddClaim(new Claim(Role, RoleNames.From(caller.Role)));
        identity.AddClaim(new Claim(Until, until.UtcTicks.ToString(CultureInfo.InvariantCulture)));
        if (caller.KeyId is { } id)
        {
            identity.AddClaim(new Claim(KeyId, id.ToString()));
        }

        if (keyHash is not null)
        {
            identity.AddClaim(new Claim(KeyHash, Convert.ToHexString(keyHash)));
        }

        return identity;
    }

    /// <returns>The caller; <see langword="null"/> if the user has no session.</returns>
    public static Caller? ReadCaller(ClaimsPrincipal user) =>
        Find(user) is { } identity && RoleNames.TryRead(identity.FindFirst(Role)?.Value ?? "", out ApiRole role)
            ? new Caller(
                identity.FindFirst(Name)?.Value ?? "", role, Guid.TryParse(identity.FindFirst(KeyId)?.Value, out var id) ? id : null)
            : null;

    public static byte[]? ReadKeyHash(ClaimsPrincipal user) =>
        Find(user)?.FindFirst(KeyHash)?.Value is { } hash ? Convert.FromHexString(hash) : null;

    /// <summary>Returns when the session ends.</summary>
    public static DateTimeOffset ReadEnd(ClaimsPrincipal user) =>
        long.TryParse(Find(user)?.FindFirst(Until)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : DateTimeOffset.MinValue;

    private static ClaimsIdentity? Find(ClaimsPrincipal user) =>
        user.Identities.FirstOrDefault(identity => identity.AuthenticationType == Scheme);
}
