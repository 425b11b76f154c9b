using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services;

namespace Scouthook.Management.Dashboard.Hosting;

/// <summary>Files to save: a body, and a list of events as CSV.</summary>
internal static class DownloadEndpoints
{
    public static void MapDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events/{id:guid}/body", ReadBodyAsync);
        routes.MapGet("/events/csv", ReadCsv);
    }

    private static async Task<Results<FileContentHttpResult, NotFound, StatusCodeHttpResult>> ReadBodyAsync(
        HttpContext context, Guid id, EventService events)
    {
        var caller = context.Features.Get<Caller>()!;
        if (!caller.May(ApiRole.Operator))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        return await events.ReadBodyAsync(caller, id, context.RequestAborted) is { } body
            ? TypedResults.File(body, "application/octet-stream", $"{id}.json")
            : TypedResults.NotFound();
    }

    private static IResult ReadCsv(HttpContext context, EventService events) =>
        EventQueryReader.Read(context.Request.Query, out var query) is { } problem
            ? problem
            : new EventCsv(events, context.Features.Get<Caller>()!, query with { Limit = PageRequest.MaxLimit }, onlyOnePage: false);
}
