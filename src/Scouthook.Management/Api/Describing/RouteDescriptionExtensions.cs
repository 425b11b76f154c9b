using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Requests;

namespace Scouthook.Management.Api.Describing;

/// <summary>Describes the purpose, required role and inputs of a route.</summary>
internal static class RouteDescriptionExtensions
{
    /// <param name="route">The route.</param>
    /// <param name="name">The unique name of the operation.</param>
    /// <param name="role">The lowest role that it requires.</param>
    /// <param name="summary">Its purpose, in one line.</param>
    /// <param name="description">Further details.</param>
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

    /// <summary>Documents the parameters of the query string.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, IReadOnlyList<ApiInput> inputs) =>
        route.WithMetadata(new QueryInputs(inputs)).ProducesProblem(StatusCodes.Status400BadRequest);

    /// <summary>Documents the members of the body.</summary>
    /// <param name="route">The route.</param>
    /// <param name="schema">The name of the body in the document. Generators name a type after it.</param>
    /// <param name="inputs">The members.</param>
    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder route, string schema, IReadOnlyList<ApiInput> inputs) =>
        route.WithMetadata(new BodyInputs(schema, inputs))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    /// <summary>Documents a 404 response.</summary>
    public static RouteHandlerBuilder MayBeMissing(this RouteHandlerBuilder route) =>
        route.ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    /// <summary>Documents a 409 response.</summary>
    public static RouteHandlerBuilder MayConflict(this RouteHandlerBuilder route) =>
        route.ProducesProblem(StatusCodes.Status409Conflict);
}
