using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Scouthook.Management.Health;

/// <summary>Maps the public health endpoints.</summary>
internal static class HealthEndpoints
{
    private const string Alive = "/healthz";
    private const string Ready = "/readyz";

    public static IReadOnlyList<string> Paths { get; } = [Alive, Ready];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks(Alive, new HealthCheckOptions { Predicate = _ => false });
        routes.Map(Ready, new RequestDelegate(routes.ServiceProvider.GetRequiredService<ReadinessReport>().WriteAsync))
            .ExcludeFromDescription();
    }
}
