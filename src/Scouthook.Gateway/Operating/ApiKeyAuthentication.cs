using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
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
    WrongKeys wrongKeys,
    TimeProvider timeProvider)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";

    private const string Prefix = "Bearer ";

    /// <summary>Longer than any key; what is longer is not hashed.</summary>
    private const int MaxKeyLength = 1_000;

    private const string Ask = "Send a key of the management API: Authorization: Bearer KEY.";

    private string _problem = Ask;
    private TimeSpan? _retryAfter;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Open routes do not ask who calls, so a key sent to them is not looked up.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null)
        {
            return AuthenticateResult.NoResult();
        }

        var header = Request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } text
            || !text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var sent = text[Prefix.Length..].Trim();
        if (sent.Length is 0 or > MaxKeyLength)
        {
            return Fail("unknown", "The key is not known.");
        }

        if (adminKey.Matches(sent))
        {
            return Success(AdminKey.Name, RoleNames.Admin, AdminKey.Id);
        }

        if (await keys.FindKeyAsync(KeyDesk.Hash(sent), Context.RequestAborted) is not { } key)
        {
            return Fail("unknown", "The key is not known.");
        }

        if (!key.IsLive(timeProvider.GetUtcNow()))
        {
            return key.RevokedAt is null ? Fail("expired", "The key has expired.") : Fail("revoked", "The key was revoked.");
        }

        return Success(key.Name, RoleNames.From(key.Role), key.Id);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_retryAfter is { } wait)
        {
            Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ApiProblem.WriteAsync(
                Context, StatusCodes.Status429TooManyRequests, "Too Many Requests",
                $"More than {WrongKeys.MaxPerWindow} wrong keys came from this address within a minute. A right key still works.");
        }

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

    private AuthenticateResult Fail(string outcome, string problem)
    {
        _retryAfter = wrongKeys.Add(Context.Connection.RemoteIpAddress, outcome);
        _problem = $"{problem} {Ask}";
        return AuthenticateResult.Fail(problem);
    }
}
