using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Api;

/// <summary>Answers with the reason where the store cannot be read at the moment, or a role does not allow something.</summary>
internal sealed class ProblemAnswers(RequestDelegate next)
{
    private const int RetryAfterSeconds = 10;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (InboxCorruptException exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await ApiProblem.WriteAsync(
                context, StatusCodes.Status503ServiceUnavailable, "Service Unavailable", exception.Message);
        }
        catch (InboxUnavailableException problem) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            await ApiProblem.WriteAsync(
                context, StatusCodes.Status503ServiceUnavailable, "Service Unavailable",
                $"{problem.Message} Ask again later; /readyz tells when it works.");
        }
        catch (KeyRingUnusableException exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await ApiProblem.WriteAsync(
                context, StatusCodes.Status503ServiceUnavailable, "Service Unavailable", exception.Message);
        }
        catch (NotAllowedException problem) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await ApiProblem.WriteAsync(context, StatusCodes.Status403Forbidden, "Forbidden", problem.Message);
        }
    }
}
