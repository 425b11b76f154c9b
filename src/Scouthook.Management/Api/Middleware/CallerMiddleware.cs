using Microsoft.AspNetCore.Http;
using Scouthook.AspNetCore.Receiving;
using Scouthook.Management.Authentication;

namespace Scouthook.Management.Api.Middleware;

/// <summary>Authenticates the caller of routes that require one. Other routes ignore keys sent to them.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, ICallerAuthenticator authenticator)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CallerRequiredMetadata>() is not null)
        {
            if (await authenticator.AuthenticateAsync(context) is not { } caller)
            {
                return;
            }

            context.Features.Set(caller);
            context.Features.Get<IVerifiedRequestFeature>()?.Verified();
        }

        await next(context);
    }
}
