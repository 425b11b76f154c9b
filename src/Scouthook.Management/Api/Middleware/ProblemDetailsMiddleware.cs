using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Api.Requests;
using Scouthook.Management.Authentication;
using Scouthook.Management.Problems;

namespace Scouthook.Management.Api.Middleware;

/// <summary>Ensures that every error response has a reason, and that no response of the API is cached.</summary>
internal sealed class ProblemDetailsMiddleware(RequestDelegate next, ILogger<ProblemDetailsMiddleware> logger)
{
    private const string NoStore = "no-store";

    private const int RetryAfterSeconds = 10;
    private const int RetryAfterBusySeconds = 5;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(ApiRequestMiddleware.Root))
        {
            // At the last moment: headers set before are lost when a response is replaced by problem details.
            context.Response.OnStarting(
                static response =>
                {
                    // The stream sets a stricter value.
                    var headers = ((HttpResponse)response).Headers;
                    if (!headers.CacheControl.ToString().StartsWith(NoStore, StringComparison.Ordinal))
                    {
                        headers.CacheControl = NoStore;
                    }

                    return Task.CompletedTask;
                },
                context.Response);
        }

        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            var allowed = context.Response.Headers.Allow;
            context.Response.Clear();
            context.Response.Headers.Allow = allowed;
            await WriteAsync(context, exception);
            return;
        }

        var answer = context.Response;
        if (answer is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 })
        {
            await ApiProblem.WriteAsync(context, answer.StatusCode);
        }
    }

    private Task WriteAsync(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case InboxCorruptException:
                return ApiProblem.WriteAsync(
                    context, StatusCodes.Status503ServiceUnavailable, "Service Unavailable", exception.Message);
            case InboxUnavailableException:
                RetryAfter(context, RetryAfterSeconds);
                return ApiProblem.WriteAsync(
                    context, StatusCodes.Status503ServiceUnavailable, "Service Unavailable",
                    $"{exception.Message} Try again later; /readyz shows when it is ready.");
            case LookupsBusyException:
                RetryAfter(context, RetryAfterBusySeconds);
                return ApiProblem.WriteAsync(
                    context, StatusCodes.Status429TooManyRequests, "Too Many Requests", exception.Message);
            case InvalidCursorException:
                return ApiProblem.Invalid("cursor", exception.Message).ExecuteAsync(context);
            case KeyRingUnusableException:
                return ApiProblem.WriteAsync(
                    context, StatusCodes.Status503ServiceUnavailable, "Service Unavailable", exception.Message);
            case NotAllowedException:
                return ApiProblem.WriteAsync(context, StatusCodes.Status403Forbidden, "Forbidden", exception.Message);
            case BadHttpRequestException bad:
                return bad.StatusCode is StatusCodes.Status413PayloadTooLarge
                    ? ApiProblem.TooLarge(RequestBody.MaxBytes).ExecuteAsync(context)
                    : ApiProblem.WriteAsync(context, bad.StatusCode, "Bad Request", "The request is not valid HTTP.");
            default:
                ManagementLog.RequestFailed(
                    logger, context.Request.Method, (context.GetEndpoint() as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText ?? "", exception);
                return ApiProblem.WriteAsync(
                    context, StatusCodes.Status500InternalServerError, "Internal Server Error",
                    "The request failed unexpectedly. See the log for the reason.");
        }
    }

    private static void RetryAfter(HttpContext context, int seconds) =>
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
}
