using Microsoft.AspNetCore.Http;
using Scouthook.Gateway.Connections;

namespace Scouthook.Gateway.Operating;

/// <summary>Answers 404 to management requests at the address that the world reaches, when there is another for them.</summary>
internal sealed class ManagementGate(RequestDelegate next, ManagementListeners listeners)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<OpenToTheWorld>() is null && !listeners.Reached(context))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
