using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Authentication;
using Scouthook.Management.Problems;
using Scouthook.Management.Services;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Api;

/// <summary>Routes for received events: lists, single events, and their bytes.</summary>
internal static class EventsApi
{
    private const string TypeOfCsv = "text/csv";

    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        var events = api.MapGroup("/events").WithTags("Events");
        events.MapGet("/", ListAsync)
            .Describe(
                "listEvents", ApiRole.Viewer, "Lists events, newest first",
                "With `Accept: text/csv`, returns all matches as CSV. A page may be short, or empty, while `next` is set. "
                + "Operational events are listed only on request: `type=scouthook.*`, or `source=scouthook`.")
            .Takes(EventQueryReader.Inputs)
            .Produces<PageView<EventView>>(StatusCodes.Status200OK, "application/json", TypeOfCsv);
        events.MapGet("/{id}", FindAsync)
            .Describe("getEvent", ApiRole.Viewer, "Returns one event, with its request headers and its newest deliveries")
            .MayBeMissing();
        events.MapGet("/{id}/body", ReadBodyAsync)
            .Describe("getEventBody", ApiRole.Operator, "Returns the body of an event, byte for byte as Help Scout sent it")
            .MayBeMissing();
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, Caller caller, EventService events, CancellationToken cancellationToken)
    {
        if (EventQueryReader.Read(request.Query, out var query) is { } problem)
        {
            return problem;
        }

        if (request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(TypeOfCsv, StringComparison.Ordinal)))
        {
            var onlyOnePage = request.Query.ContainsKey("limit");
            return new EventCsv(
                events, caller, onlyOnePage ? query : query with { Limit = PageRequest.MaxLimit }, onlyOnePage);
        }

        return TypedResults.Ok(await events.ListAsync(caller, query, withDeliveries: true, cancellationToken));
    }

    private static async Task<Results<Ok<EventDetailView>, ProblemHttpResult>> FindAsync(
        Guid id, Caller caller, EventService events, CancellationToken cancellationToken) =>
        await events.FindAsync(caller, id, cancellationToken) is { } detail
            ? TypedResults.Ok(detail)
            : ApiProblem.NotFound("event");

    private static async Task<Results<EventBody, ProblemHttpResult>> ReadBodyAsync(
        Guid id, Caller caller, EventService events, CancellationToken cancellationToken) =>
        await events.ReadBodyAsync(caller, id, cancellationToken) is { } body
            ? new EventBody(body)
            : ApiProblem.NotFound("event");
}
