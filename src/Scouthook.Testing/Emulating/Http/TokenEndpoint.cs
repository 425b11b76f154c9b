using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Scouthook.Testing.Emulating.Http;

/// <summary><c>POST /v2/oauth2/token</c>: parameters as JSON, form or query.</summary>
/// <remarks>
/// Source: <c>/mailbox-api/overview/authentication</c>. The body of a refusal is not documented; it is the one of OAuth 2.0.
/// </remarks>
internal sealed class TokenEndpoint(string clientId, string clientSecret, string authorizationCode, AccessTokens tokens)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (await ReadAsync(context.Request) is not { } parameters)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "invalid_request", "The body is not a JSON object.");
            return;
        }

        string? Read(string name) => parameters.GetValueOrDefault(name);

        if (Read("client_id") != clientId || Read("client_secret") != clientSecret)
        {
            await RefuseAsync(
                context, StatusCodes.Status401Unauthorized, "invalid_client", "The client credentials are not valid.");
            return;
        }

        switch (Read("grant_type"))
        {
            case "client_credentials":
                await IssueAsync(context, withRefreshToken: false);
                break;
            case "authorization_code" when Read("code") == authorizationCode:
            case "refresh_token" when tokens.TryUseRefreshToken(Read("refresh_token")):
                await IssueAsync(context, withRefreshToken: true);
                break;
            case "authorization_code" or "refresh_token":
                await RefuseAsync(
                    context, StatusCodes.Status401Unauthorized, "invalid_grant", "The code or refresh token is not valid.");
                break;
            case null or "":
                await RefuseAsync(context, StatusCodes.Status400BadRequest, "invalid_request", "grant_type is missing.");
                break;
            default:
                await RefuseAsync(
                    context, StatusCodes.Status400BadRequest, "unsupported_grant_type", "The grant type is not supported.");
                break;
        }
    }

    private static async Task<Dictionary<string, string?>?> ReadAsync(HttpRequest request)
    {
        var parameters = request.Query.ToDictionary(part => part.Key, part => (string?)part.Value, StringComparer.Ordinal);
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync(request.HttpContext.RequestAborted))
            {
                parameters[name] = value;
            }
        }
        else if (request.HasJsonContentType())
        {
            if (await JsonRequest.ReadAsync(request) is not { } json)
            {
                return null;
            }

            foreach (var (name, value) in json)
            {
                parameters[name] = value?.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : null;
            }
        }

        return parameters;
    }

    private static Task RefuseAsync(HttpContext context, int status, string error, string description) => JsonResponse.WriteAsync(
        context, status, new JsonObject { ["error"] = error, ["error_description"] = description }, "application/json");

    private Task IssueAsync(HttpContext context, bool withRefreshToken)
    {
        var body = new JsonObject { ["token_type"] = "bearer", ["access_token"] = tokens.Issue() };
        if (withRefreshToken)
        {
            body["refresh_token"] = tokens.IssueRefreshToken();
        }

        body["expires_in"] = (long)tokens.Lifetime.TotalSeconds;
        context.Response.Headers.CacheControl = "no-store";
        return JsonResponse.WriteAsync(context, StatusCodes.Status200OK, body, "application/json");
    }
}
