using System.Security.Claims;
using Scouthook.Management.Authentication;

namespace Scouthook.Management.Dashboard.Sessions;

/// <summary>Checks whether a session is still valid: on each request, and every minute while a page is open.</summary>
internal interface ISessionCheck
{
    /// <returns>The caller with its current role; <see langword="null"/> if the session has ended.</returns>
    ValueTask<Caller?> CheckAsync(ClaimsPrincipal user, CancellationToken cancellationToken);
}
