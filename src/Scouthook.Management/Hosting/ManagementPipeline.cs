using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Management.Api;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Api.Middleware;
using Scouthook.Management.Dashboard;
using Scouthook.Management.Dashboard.Hosting;
using Scouthook.Management.Health;

namespace Scouthook.Management.Hosting;

/// <summary>Serves management requests below a path, with its own pipeline and services.</summary>
/// <remarks>
/// The host's JSON options, authentication schemes, health checks and OpenAPI documents stay unchanged, and management
/// does not depend on them: an app may choose any JSON style for its own responses.
/// </remarks>
internal sealed class ManagementPipeline
{
    private const string RestOfPath = "scouthookPath";

    private readonly IServiceScopeFactory _scopes;
    private readonly RequestDelegate _pipeline;
    private readonly ManagementRoutesMetadata _routes;

    private ManagementPipeline(ServiceProvider services)
    {
        _scopes = services.GetRequiredService<IServiceScopeFactory>();
        (_pipeline, _routes) = Build(services);
    }

    /// <summary>Maps the pipeline below a path of the host.</summary>
    /// <param name="endpoints">The host.</param>
    /// <param name="path">The path without a trailing slash; empty for the root.</param>
    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string path)
    {
        var pipeline = new ManagementPipeline(ManagementServices.Create(endpoints.ServiceProvider, path));
        var group = endpoints.MapGroup(path);
        foreach (var open in HealthEndpoints.Paths)
        {
            group.Map(open, context => pipeline.InvokeAsync(context, open.Length)).WithMetadata(PublicEndpointMetadata.Instance);
        }

        group.Map($"/{{**{RestOfPath}}}", context => pipeline.InvokeAsync(
            context, context.Request.RouteValues[RestOfPath] is string rest ? rest.Length + 1 : 0))
            .WithMetadata(pipeline._routes);

        // Callers are authenticated here, whatever the host requires for its own endpoints.
        group.AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        return group;
    }

    private static (RequestDelegate Pipeline, ManagementRoutesMetadata Routes) Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseMiddleware<ProblemDetailsMiddleware>();
        app.UseRouting();
        app.UseMiddleware<CallerMiddleware>();
        app.UseMiddleware<ApiRequestMiddleware>();
        var dashboard = new DashboardBranch(services);
        app.Use((context, next) => context.GetEndpoint() is null && DashboardPaths.Include(context.Request.Path)
            ? dashboard.InvokeAsync(context)
            : next(context));
        var sources = new List<EndpointDataSource>();
        app.UseEndpoints(routes =>
        {
            HealthEndpoints.Map(routes);
            routes.MapApiDocument();
            routes.MapManagementApi();
            routes.MapContract();
            sources.AddRange(routes.DataSources);
        });
        return (app.Build(), new ManagementRoutesMetadata(sources));
    }

    /// <param name="context">A request to the host.</param>
    /// <param name="restLength">The length of the rest of its path below the mapped one, including the slash.</param>
    private async Task InvokeAsync(HttpContext context, int restLength)
    {
        var (endpoint, values) = (context.GetEndpoint(), context.Request.RouteValues);
        var (pathBase, path) = (context.Request.PathBase, context.Request.Path);
        var hostServices = context.Features.Get<IServiceProvidersFeature>();
        await using var services = new RequestServicesFeature(context, _scopes);
        context.Features.Set<IServiceProvidersFeature>(services);

        // Routing skips a request for which an endpoint has already been found.
        context.SetEndpoint(null);
        context.Request.RouteValues = [];
        (context.Request.PathBase, context.Request.Path) = Split(pathBase, path, restLength);
        try
        {
            await _pipeline(context);
        }
        finally
        {
            (context.Request.PathBase, context.Request.Path) = (pathBase, path);
            context.Request.RouteValues = values;
            context.SetEndpoint(endpoint);
            context.Features.Set(hostServices);
        }
    }

    private static (PathString PathBase, PathString Path) Split(PathString pathBase, PathString path, int restLength)
    {
        var whole = path.Value ?? "";
        var prefix = whole[..^Math.Min(restLength, whole.Length)].TrimEnd('/');
        return (pathBase.Add(prefix), whole[prefix.Length..] is { Length: > 0 } rest ? rest : "/");
    }
}
