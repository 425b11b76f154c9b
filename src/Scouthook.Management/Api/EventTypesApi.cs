using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Api;

/// <summary>The event types of the contract.</summary>
internal static class EventTypesApi
{
    private static readonly EventTypeView[] All = [.. HelpScoutEventCatalog.All.Select(EventTypeView.From)];

    public static void MapEventTypes(this IEndpointRouteBuilder api) => api.MapGet("/event-types", List)
        .WithTags("Overview")
        .Describe("listEventTypes", ApiRole.Viewer, "Lists the 26 event types of Help Scout");

    private static Ok<PageView<EventTypeView>> List() => TypedResults.Ok(new PageView<EventTypeView>(All, null));
}
