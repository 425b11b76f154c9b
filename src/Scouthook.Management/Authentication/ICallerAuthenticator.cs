using Microsoft.AspNetCore.Http;

namespace Scouthook.Management.Authentication;

/// <summary>Authenticates callers, by API key or by the app's own authorization policies.</summary>
internal interface ICallerAuthenticator
{
    /// <summary>Authenticates a request.</summary>
    /// <returns>The caller; <see langword="null"/> if there is none, and the response has been sent.</returns>
    ValueTask<Caller?> AuthenticateAsync(HttpContext context);
}
