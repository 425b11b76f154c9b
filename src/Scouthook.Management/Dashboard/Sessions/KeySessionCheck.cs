using System.Security.Claims;
using Scouthook.Management.Authentication;

namespace Scouthook.Management.Dashboard.Sessions;

/// <summary>Ends the sessions of an API key with the key.</summary>
internal sealed class KeySessionCheck(ApiKeyLookup keys) : ISessionCheck
{
    public async ValueTask<Caller?> CheckAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        SessionIdentity.ReadKeyHash(user) is { } hash ? (await keys.FindAsync(hash, cancellationToken)).Caller : null;
}
