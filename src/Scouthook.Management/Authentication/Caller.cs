using Microsoft.AspNetCore.Http;
using Scouthook.Inbox.Model;

namespace Scouthook.Management.Authentication;

/// <summary>The caller of a request: a name and a role.</summary>
/// <param name="Name">The name, as the audit log shows it.</param>
/// <param name="Role">The role of the caller.</param>
/// <param name="KeyId">The API key; <see langword="null"/> for callers without one.</param>
internal sealed record Caller(string Name, ApiRole Role, Guid? KeyId = null)
{
    /// <summary>Returns whether the caller has at least this role.</summary>
    public bool May(ApiRole role) => Role >= role;

    /// <exception cref="NotAllowedException">The role does not allow it.</exception>
    public void MustBe(ApiRole role)
    {
        if (!May(role))
        {
            throw new NotAllowedException(role);
        }
    }

    /// <summary>Binds the parameter of a route to the authenticated caller.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}
