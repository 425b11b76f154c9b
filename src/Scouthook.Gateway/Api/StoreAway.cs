using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Api;

/// <summary>Answers 503 with the reason where the store cannot be read at the moment.</summary>
internal sealed class StoreAway(RequestDelegate next)
{
    private const int RetryAfterSeconds = 10;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (InboxUnavailableException problem) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            await ApiProblem.WriteAsync(
                context, StatusCodes.Status503ServiceUnavailable, "Service Unavailable",
                $"{problem.Message} Ask again later; /readyz tells when it works.");
        }
    }
}
