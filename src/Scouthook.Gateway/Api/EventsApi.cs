using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Api.Describing;
using Scouthook.Gateway.Api.Exporting;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>What was received: lists, single events, and their bytes.</summary>
internal static class EventsApi
{
    private const string TypeOfCsv = "text/csv";

    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        var events = api.MapGroup("/events").WithTags("Events");
        events.MapGet("/", ListAsync)
            .Describe(
                "listEvents", ApiRole.Viewer, "Lists events, newest first",
                "With `Accept: text/csv` all that match, as CSV. A page may be short, or empty, while `next` is set. What "
                + "Scouthook tells of itself is listed only when asked for: `type=scouthook.*`, or `source=scouthook`.")
            .Takes(EventQueryReader.Inputs)
            .Produces<PageJson<EventJson>>(StatusCodes.Status200OK, "application/json", TypeOfCsv);
        events.MapGet("/{id}", FindAsync)
            .Describe("getEvent", ApiRole.Viewer, "One event, with the headers it came with and its newest deliveries")
            .MayBeMissing();
        events.MapGet("/{id}/body", ReadBodyAsync)
            .Describe("getEventBody", ApiRole.Operator, "The bytes of an event, exactly as Help Scout sent them")
            .MayBeMissing();
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, Caller caller, EventDesk desk, CancellationToken cancellationToken)
    {
        if (EventQueryReader.Read(request.Query, out var query) is { } problem)
        {
            return problem;
        }

        if (request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(TypeOfCsv, StringComparison.Ordinal)))
        {
            var onlyOnePage = request.Query.ContainsKey("limit");
            return new EventCsv(
                desk, caller, onlyOnePage ? query : query with { Limit = PageRequest.Largest.Limit }, onlyOnePage);
        }

        var page = await desk.ListAsync(caller, query, cancellationToken);
        var counts = await desk.CountAsync(caller, page.Events, cancellationToken);
        return TypedResults.Ok(new PageJson<EventJson>(
            [.. page.Events.Select(it => EventJson.From(it, counts.GetValueOrDefault(it.Sequence)))],
            page.Next is { } next ? Cursor.Write(next) : null));
    }

    private static async Task<Results<Ok<EventDetailJson>, ProblemHttpResult>> FindAsync(
        Guid id, Caller caller, EventDesk desk, CancellationToken cancellationToken) =>
        await desk.FindAsync(caller, id, cancellationToken) is { } detail
            ? TypedResults.Ok(EventDetailJson.From(detail))
            : ApiProblem.NotFound("event");

    private static async Task<Results<EventBody, ProblemHttpResult>> ReadBodyAsync(
        Guid id, Caller caller, EventDesk desk, CancellationToken cancellationToken) =>
        await desk.ReadBodyAsync(caller, id, cancellationToken) is { } body
            ? new EventBody(body)
            : ApiProblem.NotFound("event");
}
