using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Management.Api.Middleware;
using Scouthook.Management.Problems;

namespace Scouthook.Management.Api;

/// <summary>Maps all routes of the management API.</summary>
internal static class ManagementApi
{
    /// <remarks>Callers are authenticated here; the services behind the routes decide what they may do.</remarks>
    public static void MapManagementApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1")
            .WithMetadata(CallerRequiredMetadata.Instance)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapEvents();
        api.MapEndpoints();
        api.MapDeliveries();
        api.MapReplays();
        api.MapSources();
        api.MapStream();
        api.MapStatistics();
        api.MapEventTypes();
        api.MapKeys();
        api.MapAudit();
        api.MapHealth();

        var methods = new AllowedMethods(routes.DataSources);
        api.Map("/{**rest}", (HttpRequest request) => RejectUnknown(request, methods)).ExcludeFromDescription();
    }

    /// <summary>Answers requests that match no route: the path is unknown, or only its method.</summary>
    private static ProblemHttpResult RejectUnknown(HttpRequest request, AllowedMethods methods)
    {
        if (methods.Of(request.Path) is not { Count: > 0 } allowed)
        {
            return ApiProblem.NoRoute(request);
        }

        request.HttpContext.Response.Headers.Allow = string.Join(", ", allowed);
        return ApiProblem.WrongMethod(request, allowed);
    }
}
