using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Api.Describing;
using Scouthook.Gateway.Operating;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>Whether the gateway is ready, and why not.</summary>
internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder api) => api.MapGet("/health", CheckAsync)
        .WithTags("Overview")
        .Describe(
            "getHealth", ApiRole.Viewer, "Every check with its reason",
            "`/readyz` shows the status only, as it needs no key. The answer is 200 whatever the status is.");

    private static async Task<Ok<HealthJson>> CheckAsync(HealthCheckService checks, CancellationToken cancellationToken) =>
        TypedResults.Ok(HealthAnswer.Of(await checks.CheckHealthAsync(cancellationToken)));
}
