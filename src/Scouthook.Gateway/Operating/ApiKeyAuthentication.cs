using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scouthook.Gateway.Api;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Operating;

/// <summary>Knows who calls by the bearer key in the request.</summary>
/// <remarks>The admin key does not need the store: whoever looks for the reason why that is away needs a key.</remarks>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    AdminKey adminKey,
    IAccessStore keys,
    TimeProvider timeProvider)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";

    private const string Prefix = "Bearer ";

    private const string Ask = "Send a key of the management API: Authorization: Bearer KEY.";

    private string _problem = Ask;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } text
            || !text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var sent = text[Prefix.Length..].Trim();
        if (adminKey.Matches(sent))
        {
            return Success(AdminKey.Name, RoleNames.Admin, AdminKey.Id);
        }

        if (await keys.FindKeyAsync(KeyDesk.Hash(sent), Context.RequestAborted) is not { } key)
        {
            return Fail("The key is not known.");
        }

        if (!key.IsLive(timeProvider.GetUtcNow()))
        {
            return Fail(key.RevokedAt is null ? "The key has expired." : "The key was revoked.");
        }

        return Success(key.Name, RoleNames.From(key.Role), key.Id);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblem.WriteAsync(
            Context, StatusCodes.Status401Unauthorized, "Unauthorized", _problem);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ApiProblem.WriteAsync(
        Context, StatusCodes.Status403Forbidden, "Forbidden", "The role of this key does not allow that.");

    private static AuthenticateResult Success(string name, string role, Guid id)
    {
        Claim[] claims =
        [
            new(ClaimTypes.Name, name), new(ClaimTypes.Role, role), new(ClaimTypes.NameIdentifier, id.ToString()),
        ];
        var identity = new ClaimsIdentity(claims, SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private AuthenticateResult Fail(string problem)
    {
        _problem = $"{problem} {Ask}";
        return AuthenticateResult.Fail(problem);
    }
}
