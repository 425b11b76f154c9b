using Microsoft.AspNetCore.Http;

namespace Scouthook.Gateway.Operating;

/// <summary>Answers 404 to management requests at the address that the world reaches, when there is another for them.</summary>
internal sealed class ManagementGate(RequestDelegate next, ManagementAddresses addresses)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (addresses.Count > 0
            && context.GetEndpoint()?.Metadata.GetMetadata<OpenToTheWorld>() is null
            && !addresses.Reached(context))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
