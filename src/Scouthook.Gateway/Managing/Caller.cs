using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Scouthook.Gateway.Operating;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Managing;

/// <summary>Who asks: the name of a key and its role.</summary>
internal sealed record Caller(string Name, ApiRole Role)
{
    /// <summary>Whether its role allows what another role does.</summary>
    public bool May(ApiRole role) => Role >= role;

    /// <exception cref="NotAllowedException">The role does not allow it.</exception>
    public void MustBe(ApiRole role)
    {
        if (!May(role))
        {
            throw new NotAllowedException(role);
        }
    }

    /// <summary>How handlers of the API get it.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context)
    {
        var user = context.User;
        return ValueTask.FromResult(
            user.FindFirstValue(ClaimTypes.Role) is { } text && RoleNames.TryRead(text, out var role)
                ? new Caller(user.Identity?.Name ?? "", role)
                : null);
    }
}
