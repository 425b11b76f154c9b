using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Scouthook.Gateway.Operating;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Managing;

/// <summary>Who asks: the name of a key and its role.</summary>
/// <param name="Name">The name, as the audit shows it.</param>
/// <param name="Role">What it may.</param>
/// <param name="KeyId">The key; <see langword="null"/>: none, but write access to the data directory.</param>
internal sealed record Caller(string Name, ApiRole Role, Guid? KeyId = null)
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
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context.User));

    /// <returns><see langword="null"/>: nobody that is known.</returns>
    public static Caller? Of(ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimTypes.Role) is { } text && RoleNames.TryRead(text, out var role)
            ? new Caller(
                user.Identity?.Name ?? "",
                role,
                Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null)
            : null;
}
