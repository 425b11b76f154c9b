using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Api;

/// <summary>What is owed to endpoints, and what became of it.</summary>
internal static class DeliveriesApi
{
    private const int UsualLimit = 50;
    private const int MostPerPage = 500;

    public static void MapDeliveries(this IEndpointRouteBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries");
        deliveries.MapGet("/", ListAsync);
        deliveries.MapGet("/{id:guid}", FindAsync);
        deliveries.MapPost("/{id:guid}/retry", RetryAsync);
        deliveries.MapPost("/{id:guid}/discard", DiscardAsync);
    }

    private static async Task<Results<Ok<PageJson<DeliveryJson>>, ProblemHttpResult>> ListAsync(
        HttpRequest request, IDeliveryHistory history, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query, "endpoint", "state", "event", "cursor", "limit");
        var query = new DeliveryQuery
        {
            EndpointId = reader.Id("endpoint"),
            EventId = reader.Id("event"),
            State = reader.Value<DeliveryState>(
                "state", DeliveryText.TryRead, "must be pending, leased, delivered, deadLettered or discarded."),
            Before = reader.Value<long>("cursor", Cursor.TryRead, "must be the next of the page before."),
            Limit = reader.Limit(UsualLimit, MostPerPage),
        };
        if (reader.Problem is { } problem)
        {
            return problem;
        }

        var page = await history.ListAsync(query, cancellationToken);
        return TypedResults.Ok(new PageJson<DeliveryJson>(
            [.. page.Deliveries.Select(delivery => new DeliveryJson(delivery))],
            page.Next is { } next ? Cursor.Write(next) : null));
    }

    private static async Task<Results<Ok<DeliveryDetailJson>, ProblemHttpResult>> FindAsync(
        Guid id, Caller caller, IDeliveryHistory history, CancellationToken cancellationToken)
    {
        if (await history.FindAsync(id, cancellationToken) is not { } delivery)
        {
            return ApiProblem.NotFound("delivery");
        }

        var withAnswer = caller.May(ApiRole.Operator);
        var attempts = await history.AttemptsAsync(id, cancellationToken);
        return TypedResults.Ok(new DeliveryDetailJson(
            delivery, [.. attempts.Select(attempt => AttemptJson.From(attempt, withAnswer))]));
    }

    private static async Task<Results<Ok<DeliveryJson>, ProblemHttpResult>> RetryAsync(
        Guid id, Caller caller, DeliveryDesk desk, IDeliveryHistory history, CancellationToken cancellationToken)
    {
        var isDone = await desk.RetryAsync(caller, id);
        return await AnswerAsync(
            id, isDone, "only a dead letter that nothing has replaced, or a delivery that waits for its next attempt, can be "
            + "retried. To deliver an event again, replay it.",
            history, cancellationToken);
    }

    private static async Task<Results<Ok<DeliveryJson>, ProblemHttpResult>> DiscardAsync(
        Guid id, Caller caller, DeliveryDesk desk, IDeliveryHistory history, CancellationToken cancellationToken)
    {
        var isDone = await desk.DiscardAsync(caller, id);
        return await AnswerAsync(
            id, isDone, "only a pending delivery, or a dead letter that nothing has replaced, can be discarded.",
            history, cancellationToken);
    }

    private static async Task<Results<Ok<DeliveryJson>, ProblemHttpResult>> AnswerAsync(
        Guid id, bool isDone, string rule, IDeliveryHistory history, CancellationToken cancellationToken)
    {
        if (await history.FindAsync(id, cancellationToken) is not { } delivery)
        {
            return ApiProblem.NotFound("delivery");
        }

        return isDone
            ? TypedResults.Ok(new DeliveryJson(delivery))
            : ApiProblem.Conflict("delivery", $"it is {DeliveryText.From(delivery.State)}; {rule}");
    }
}
