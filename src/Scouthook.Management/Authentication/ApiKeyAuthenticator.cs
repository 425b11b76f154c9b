using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Problems;

namespace Scouthook.Management.Authentication;

/// <summary>Authenticates callers by the bearer key in the request.</summary>
/// <remarks>
/// The admin key works without the store: an operator who investigates why the store is unavailable needs a key.
/// </remarks>
internal sealed class ApiKeyAuthenticator(
    AdminKey adminKey, IAccessStore keys, WrongKeyLimiter wrongKeys, TimeProvider timeProvider) : ICallerAuthenticator
{
    private const string Scheme = "Bearer";

    /// <summary>Longer than any key; longer texts are not hashed.</summary>
    private const int MaxKeyLength = 1_000;

    private const string Advice = "Send an API key: Authorization: Bearer KEY.";

    public async ValueTask<Caller?> AuthenticateAsync(HttpContext context)
    {
        if (ReadKey(context) is not { } sent)
        {
            await ChallengeAsync(context, Advice);
            return null;
        }

        if (sent.Length is 0 or > MaxKeyLength)
        {
            return await RejectAsync(context, "unknown", "Unknown API key.");
        }

        if (adminKey.Matches(sent))
        {
            return new Caller(AdminKey.Name, Inbox.Model.ApiRole.Admin, AdminKey.Id);
        }

        if (await keys.FindKeyAsync(ApiKeyText.Hash(sent), context.RequestAborted) is not { } key)
        {
            return await RejectAsync(context, "unknown", "Unknown API key.");
        }

        if (!key.IsLive(timeProvider.GetUtcNow()))
        {
            return key.RevokedAt is null
                ? await RejectAsync(context, "expired", "The API key has expired.")
                : await RejectAsync(context, "revoked", "The API key was revoked.");
        }

        return new Caller(key.Name, key.Role, key.Id);
    }

    private static string? ReadKey(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } text]
        && text.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase)
            ? text[(Scheme.Length + 1)..].Trim()
            : null;

    private async Task<Caller?> RejectAsync(HttpContext context, string outcome, string problem)
    {
        if (wrongKeys.Add(context.Connection.RemoteIpAddress, outcome) is { } wait)
        {
            context.Response.Headers.RetryAfter =
                Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await ApiProblem.WriteAsync(
                context, StatusCodes.Status429TooManyRequests, "Too Many Requests",
                $"This address has sent more than {WrongKeyLimiter.MaxPerWindow} wrong API keys within a minute. A correct key still works.");
        }
        else
        {
            await ChallengeAsync(context, $"{problem} {Advice}");
        }

        return null;
    }

    private static Task ChallengeAsync(HttpContext context, string detail)
    {
        context.Response.Headers.WWWAuthenticate = Scheme;
        return ApiProblem.WriteAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized", detail);
    }
}
