using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Management.Authentication;
using Scouthook.Management.Dashboard.Components;

namespace Scouthook.Management.Dashboard.Hosting;

/// <summary>The dashboard: a pipeline with its own routing, services, cookies and assets, created at the first request.</summary>
/// <param name="management">The services of management.</param>
internal sealed class DashboardBranch(IServiceProvider management)
{
    private readonly Lazy<(IServiceScopeFactory Scopes, RequestDelegate Pipeline)> _branch = new(() => Build(management));

    public async Task InvokeAsync(HttpContext context)
    {
        var (scopes, pipeline) = _branch.Value;
        var outer = context.Features.Get<IServiceProvidersFeature>();
        await using var services = new RequestServicesFeature(context, scopes);
        context.Features.Set<IServiceProvidersFeature>(services);
        try
        {
            await pipeline(context);
        }
        finally
        {
            context.Features.Set(outer);
        }
    }

    private static (IServiceScopeFactory Scopes, RequestDelegate Pipeline) Build(IServiceProvider management)
    {
        var policies = management.GetRequiredService<ICallerAuthenticator>() as PolicyAuthenticator;
        var services = DashboardServices.Create(management, policies);
        var app = new ApplicationBuilder(services);
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseWebSockets();
        app.UseMiddleware<CircuitRequestMiddleware>();
        app.UseMiddleware<SessionMiddleware>();
        app.UseRouting();
        app.UseAntiforgery();
        app.UseEndpoints(routes =>
        {
            var assets = services.GetRequiredService<DashboardAssets>();
            routes.MapMethods(
                DashboardPaths.Assets + "/{name}", [HttpMethods.Get, HttpMethods.Head],
                (HttpContext context, string name) => assets.ServeAsync(context, name));
            routes.MapMethods(
                DashboardPaths.Framework + "/{name}", [HttpMethods.Get, HttpMethods.Head],
                (HttpContext context, string name) => assets.ServeAsync(context, name));
            routes.MapMethods(
                "/favicon.ico", [HttpMethods.Get, HttpMethods.Head],
                context => assets.ServeAsync(context, "icon.svg"));
            routes.MapGet(DashboardPaths.Session, () => TypedResults.NoContent());
            if (policies is null)
            {
                routes.MapSignIn();
            }

            routes.MapDownloads();
            routes.MapRazorComponents<DashboardApp>().AddInteractiveServerRenderMode(options =>
            {
                // The middleware adds the only policy.
                options.ContentSecurityFrameAncestorsPolicy = null;
                options.DisableWebSocketCompression = true;
            });
        });
        return (services.GetRequiredService<IServiceScopeFactory>(), app.Build());
    }
}
