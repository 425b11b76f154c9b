using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Events;
using Scouthook.Gateway.Api.Contracts;

namespace Scouthook.Gateway.Api;

/// <summary>The event types of the contract.</summary>
internal static class EventTypesApi
{
    private static readonly EventTypeJson[] All = [.. HelpScoutEventCatalog.All.Select(EventTypeJson.From)];

    public static void MapEventTypes(this IEndpointRouteBuilder api) => api.MapGet("/event-types", List);

    private static Ok<PageJson<EventTypeJson>> List() => TypedResults.Ok(new PageJson<EventTypeJson>(All, null));
}
