using System.Security.Claims;
using Scouthook.Management.Authentication;

namespace Scouthook.Management.Dashboard.Sessions;

/// <summary>Ends the session of a user of the app when no policy allows it any more.</summary>
internal sealed class PolicySessionCheck(PolicyAuthenticator policies) : ISessionCheck
{
    public async ValueTask<Caller?> CheckAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        // The policies are those of the app, which must not see the identity that was added here.
        var own = new ClaimsPrincipal(user.Identities.Where(identity => identity.AuthenticationType != SessionIdentity.Scheme));
        return await policies.EvaluateAsync(own);
    }
}
