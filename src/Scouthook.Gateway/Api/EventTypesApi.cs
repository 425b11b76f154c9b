using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Events;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Api.Describing;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>The event types of the contract.</summary>
internal static class EventTypesApi
{
    private static readonly EventTypeJson[] All = [.. HelpScoutEventCatalog.All.Select(EventTypeJson.From)];

    public static void MapEventTypes(this IEndpointRouteBuilder api) => api.MapGet("/event-types", List)
        .WithTags("Overview")
        .Describe("listEventTypes", ApiRole.Viewer, "Lists the 26 event types of Help Scout");

    private static Ok<PageJson<EventTypeJson>> List() => TypedResults.Ok(new PageJson<EventTypeJson>(All, null));
}
