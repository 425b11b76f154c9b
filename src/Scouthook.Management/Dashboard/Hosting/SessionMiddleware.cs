using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Scouthook.AspNetCore.Receiving;
using Scouthook.Management.Authentication;
using Scouthook.Management.Dashboard.Sessions;

namespace Scouthook.Management.Dashboard.Hosting;

/// <summary>Admits requests of signed-in callers; others are sent to the sign-in page.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="check">Checks sessions.</param>
/// <param name="app">Authenticates users of the app; <see langword="null"/> if callers sign in with an API key.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class SessionMiddleware(
    RequestDelegate next, ISessionCheck check, TimeProvider timeProvider, PolicyAuthenticator? app = null)
{
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(8);

    private static readonly string[] Open = [DashboardPaths.SignIn, DashboardPaths.Assets, DashboardPaths.Framework, "/favicon.ico"];

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (Open.Any(open => path.StartsWithSegments(open)))
        {
            await next(context);
            return;
        }

        var caller = app is null ? await ReadCookieAsync(context) : await AuthenticateByAppAsync(context, app);
        if (caller is null)
        {
            if (app is null)
            {
                Challenge(context);
            }

            return;
        }

        context.Features.Set(caller);
        context.Features.Get<IVerifiedRequestFeature>()?.Verified();
        await next(context);
    }

    private async Task<Caller?> ReadCookieAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync(SessionIdentity.Scheme);
        if (!result.Succeeded || await check.CheckAsync(result.Principal, context.RequestAborted) is not { } caller)
        {
            return null;
        }

        context.User = result.Principal;
        return caller;
    }

    private async Task<Caller?> AuthenticateByAppAsync(HttpContext context, PolicyAuthenticator authenticator)
    {
        if (await authenticator.AuthenticateAsync(context) is not { } caller)
        {
            return null;
        }

        var user = new ClaimsPrincipal(context.User.Identities);
        user.AddIdentity(SessionIdentity.Create(caller, timeProvider.GetUtcNow() + MaxLifetime));
        context.User = user;
        return caller;
    }

    private static void Challenge(HttpContext context)
    {
        var request = context.Request;
        if (request.Path == DashboardPaths.Session)
        {
            // Asked by open pages. Not an error: browsers would log each.
            context.Response.ContentLength = 0;
            return;
        }

        if (!HttpMethods.IsGet(request.Method) || request.Path.StartsWithSegments(DashboardPaths.Circuit))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var page = request.Path + request.QueryString;
        var query = page is "" or "/" ? "" : QueryString.Create(ReturnUrl.Parameter, page).ToString();
        context.Response.Redirect($"{request.PathBase}{DashboardPaths.SignIn}{query}");
    }
}
