using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scouthook.Management.Problems;

namespace Scouthook.Management.Authentication;

/// <summary>Authenticates callers by the bearer key in the request.</summary>
internal sealed class ApiKeyAuthenticator(ApiKeyLookup keys, WrongKeyLimiter wrongKeys) : ICallerAuthenticator
{
    private const string Scheme = "Bearer";

    private const string Advice = "Send an API key: Authorization: Bearer KEY.";

    public async ValueTask<Caller?> AuthenticateAsync(HttpContext context)
    {
        if (ReadKey(context) is not { } sent)
        {
            await ChallengeAsync(context, Advice);
            return null;
        }

        if (sent.Length is 0 or > ApiKeyLookup.MaxKeyLength)
        {
            return await RejectAsync(context, "unknown", "Unknown API key.");
        }

        var found = await keys.FindAsync(ApiKeyText.Hash(sent), context.RequestAborted);
        return found.Caller ?? await RejectAsync(context, found.Outcome, found.Outcome switch
        {
            "expired" => "The API key has expired.",
            "revoked" => "The API key was revoked.",
            _ => "Unknown API key.",
        });
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
