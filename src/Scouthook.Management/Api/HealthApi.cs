using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Health;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Api;

/// <summary>Routes for the health of the gateway.</summary>
internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder api) => api.MapGet("/health", CheckAsync)
        .WithTags("Overview")
        .Describe(
            "getHealth", ApiRole.Viewer, "Returns every check with its reason",
            "The response is 200 whatever the status. `/readyz`, which needs no key, shows only the status.");

    private static async Task<Ok<HealthView>> CheckAsync(HealthCheckService checks, CancellationToken cancellationToken) =>
        TypedResults.Ok(HealthResponseWriter.Of(await checks.CheckHealthAsync(cancellationToken)));
}
