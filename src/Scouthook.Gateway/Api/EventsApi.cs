using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Api;

/// <summary>What was received: lists, single events, and their bytes.</summary>
internal static class EventsApi
{
    private const int MostDeliveries = 100;

    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        var events = api.MapGroup("/events");
        events.MapGet("/", ListAsync);
        events.MapGet("/{id:guid}", FindAsync);
        events.MapGet("/{id:guid}/body", ReadBodyAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, IEventHistory history, IDeliveryHistory deliveries, CancellationToken cancellationToken)
    {
        if (EventQueryReader.Read(request.Query, out var query) is { } problem)
        {
            return problem;
        }

        if (request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/csv", StringComparison.Ordinal)))
        {
            var onlyOnePage = request.Query.ContainsKey("limit");
            return new EventCsv(
                history, onlyOnePage ? query : query with { Limit = EventQueryReader.MostPerPage }, onlyOnePage);
        }

        var page = await history.ListAsync(query, cancellationToken);
        var counts = await deliveries.CountAsync([.. page.Events.Select(it => it.Sequence)], cancellationToken);
        return TypedResults.Ok(new PageJson<EventJson>(
            [.. page.Events.Select(it => EventJson.From(it, counts.GetValueOrDefault(it.Sequence)))], page.Next is { } next ? Cursor.Write(next) : null));
    }

    private static async Task<Results<Ok<EventDetailJson>, ProblemHttpResult>> FindAsync(
        Guid id, IEventHistory history, IDeliveryHistory deliveries, CancellationToken cancellationToken)
    {
        if (await history.FindAsync(id, cancellationToken) is not { } stored
            || await history.ReadAsync(id, cancellationToken) is not { } content)
        {
            return ApiProblem.NotFound("event");
        }

        using var headers = JsonDocument.Parse(content.Headers);
        var counts = await deliveries.CountAsync([stored.Sequence], cancellationToken);
        var newest = await deliveries.ListAsync(
            new DeliveryQuery { EventId = id, Limit = MostDeliveries }, cancellationToken);
        return TypedResults.Ok(new EventDetailJson(
            stored,
            counts.GetValueOrDefault(stored.Sequence),
            headers.RootElement,
            [.. newest.Deliveries.Select(delivery => new DeliveryJson(delivery))]));
    }

    private static async Task<Results<EventBody, ProblemHttpResult>> ReadBodyAsync(
        Guid id, Caller caller, IEventHistory history, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Operator);
        return await history.ReadAsync(id, cancellationToken) is { } content
            ? new EventBody(content.Body)
            : ApiProblem.NotFound("event");
    }
}
