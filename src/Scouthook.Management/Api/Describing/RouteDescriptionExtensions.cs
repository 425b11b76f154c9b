using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Requests;

namespace Scouthook.Management.Api.Describing;

/// <summary>Tells what a route does, needs and takes.</summary>
internal static class RouteDescriptionExtensions
{
    /// <param name="route">The route.</param>
    /// <param name="name">The name of the operation, unlike all others.</param>
    /// <param name="role">The least role that it needs.</param>
    /// <param name="summary">What it does, in a line.</param>
    /// <param name="description">What else is to be known.</param>
    public static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder route, string name, ApiRole role, string summary, string? description = null)
    {
        route.WithName(name).WithSummary(summary).WithMetadata(new RequiredRole(role));
        if (role > ApiRole.Viewer)
        {
            route.ProducesProblem(StatusCodes.Status403Forbidden);
        }

        return description is null ? route : route.WithDescription(description);
    }

    /// <summary>Tells the parameters of the query string.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, IReadOnlyList<ApiInput> inputs) =>
        route.WithMetadata(new QueryInputs(inputs)).ProducesProblem(StatusCodes.Status400BadRequest);

    /// <summary>Tells the members of the body.</summary>
    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder route, IReadOnlyList<ApiInput> inputs) =>
        route.WithMetadata(new BodyInputs(inputs))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    /// <summary>Tells that what the path names may not be there.</summary>
    public static RouteHandlerBuilder MayBeMissing(this RouteHandlerBuilder route) =>
        route.ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    /// <summary>Tells that the state of things may not allow it.</summary>
    public static RouteHandlerBuilder MayConflict(this RouteHandlerBuilder route) =>
        route.ProducesProblem(StatusCodes.Status409Conflict);
}
