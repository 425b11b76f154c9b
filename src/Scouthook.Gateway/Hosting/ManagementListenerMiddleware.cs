using Microsoft.AspNetCore.Http;
using Scouthook.Gateway.Connections;
using Scouthook.Management.Hosting;

namespace Scouthook.Gateway.Hosting;

/// <summary>Answers 404 to management requests on the public address if management has its own.</summary>
internal sealed class ManagementListenerMiddleware(RequestDelegate next, ManagementListeners listeners)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<PublicEndpointMetadata>() is null && !listeners.Reached(context))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
