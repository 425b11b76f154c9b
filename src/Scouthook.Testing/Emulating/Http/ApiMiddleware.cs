using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Scouthook.Testing.Emulating.Http;

/// <summary>The rules that apply to every request of the API: correlation id, token, rate limit, size and unknown paths.</summary>
internal sealed class ApiMiddleware(IdSource ids, AccessTokens tokens, RateLimit limit)
{
    public const string TokenPath = "/v2/oauth2/token";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.TraceIdentifier = ids.CorrelationId();
        context.Response.Headers["Correlation-Id"] = context.TraceIdentifier;
        try
        {
            await HandleAsync(context, next);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            // The body is too large, or ends early.
            await ApiError.WriteAsync(
                context, exception.StatusCode,
                exception.StatusCode is StatusCodes.Status413PayloadTooLarge ? "Request Entity Too Large" : "Bad request");
        }
    }

    private async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments(TokenPath, StringComparison.Ordinal))
        {
            if (!IsAuthorized(context.Request))
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
                await ApiError.WriteAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized");
                return;
            }

            if (!TakeFromLimit(context))
            {
                await JsonResponse.WriteAsync(
                    context, StatusCodes.Status429TooManyRequests,
                    new JsonObject { ["message"] = "API rate limit exceeded" }, "application/json");
                return;
            }
        }

        if (context.GetEndpoint() is null)
        {
            await ApiError.NotFoundAsync(context);
            return;
        }

        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
        {
            await ApiError.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed");
        }
    }

    private bool IsAuthorized(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && tokens.IsValid(header[scheme.Length..].Trim());
    }

    private bool TakeFromLimit(HttpContext context)
    {
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        var allowed = limit.TryTake(isRead ? 1 : 2, out var remaining, out var retryAfter);
        if (limit.Limit is { } perMinute)
        {
            var headers = context.Response.Headers;
            headers["X-RateLimit-Limit-Minute"] = perMinute.ToString(CultureInfo.InvariantCulture);
            headers["X-RateLimit-Remaining-Minute"] = remaining.ToString(CultureInfo.InvariantCulture);
            if (!allowed)
            {
                headers["X-RateLimit-Retry-After"] =
                    ((int)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            }
        }

        return allowed;
    }
}
