using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Api.Requests;
using Scouthook.Management.Authentication;
using Scouthook.Management.Problems;
using Scouthook.Management.Services;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Api;

/// <summary>Routes for deliveries and their attempts.</summary>
internal static class DeliveriesApi
{
    private static readonly ApiInput[] Inputs =
    [
        new("endpoint", "The id of an endpoint.") { Kind = ApiInputKind.Id },
        new("state", "The state of the delivery.") { Values = [.. Enum.GetValues<DeliveryState>().Select(DeliveryText.From)] },
        new("event", "The id of an event.") { Kind = ApiInputKind.Id },
        new("type", "Event types, families or patterns: `convo.tags`, `conversations`, `convo.*`, `*`; several, separated by commas or given repeatedly.")
        {
            IsList = true, Example = new JsonArray("convo.*"),
        },
        new("since", "Created at or after this time: a timestamp or a date (UTC).") { Kind = ApiInputKind.Instant },
        new("until", "Created before this time: a timestamp or a date (UTC).") { Kind = ApiInputKind.Instant },
        .. PageInputs.All,
    ];

    public static void MapDeliveries(this IEndpointRouteBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries").WithTags("Deliveries");
        deliveries.MapGet("/", ListAsync)
            .Describe(
                "listDeliveries", ApiRole.Viewer, "Lists deliveries, newest first",
                "A page may be short, or empty, while `next` is set.")
            .Takes(Inputs);
        deliveries.MapGet("/{id}", FindAsync)
            .Describe(
                "getDelivery", ApiRole.Viewer, "Returns one delivery, with its attempts",
                "Responses of the endpoint are shown to operators and admins only, because they may quote the body.")
            .MayBeMissing();
        deliveries.MapPost("/{id}/retry", RetryAsync)
            .Describe(
                "retryDelivery", ApiRole.Operator, "Retries a dead letter in its old place",
                "A pending delivery is attempted now.")
            .MayBeMissing().MayConflict();
        deliveries.MapPost("/{id}/discard", DiscardAsync)
            .Describe("discardDelivery", ApiRole.Operator, "Discards a delivery: it is not attempted again")
            .MayBeMissing().MayConflict();
    }

    private static async Task<Results<Ok<PageView<DeliveryView>>, ProblemHttpResult>> ListAsync(
        HttpRequest request, Caller caller, DeliveryService deliveries, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query, Inputs);
        var asked = PageInputs.Read(reader);
        var query = new DeliveryQuery
        {
            EndpointId = reader.Id("endpoint"),
            EventId = reader.Id("event"),
            State = reader.Value<DeliveryState>(
                "state", DeliveryText.TryRead, "must be pending, leased, delivered, deadLettered or discarded."),
            EventTypes = reader.List("type", EventPattern.IsValid, EventQueryReader.TypeRule),
            Since = reader.Instant("since"),
            Until = reader.Instant("until"),
            Cursor = asked.Cursor,
            Limit = asked.Limit,
        };
        if (reader.Problem is { } problem)
        {
            return problem;
        }

        return TypedResults.Ok(await deliveries.ListAsync(caller, query, cancellationToken));
    }

    private static async Task<Results<Ok<DeliveryDetailView>, ProblemHttpResult>> FindAsync(
        Guid id, Caller caller, DeliveryService deliveries, CancellationToken cancellationToken) =>
        await deliveries.FindAsync(caller, id, cancellationToken) is { } detail
            ? TypedResults.Ok(detail)
            : ApiProblem.NotFound("delivery");

    private static async Task<Results<Ok<DeliveryView>, ProblemHttpResult>> RetryAsync(
        Guid id, Caller caller, DeliveryService deliveries, CancellationToken cancellationToken) =>
        Answer(await deliveries.RetryAsync(caller, id, cancellationToken), "To deliver its event again, replay the event.");

    private static async Task<Results<Ok<DeliveryView>, ProblemHttpResult>> DiscardAsync(
        Guid id, Caller caller, DeliveryService deliveries, CancellationToken cancellationToken) =>
        Answer(await deliveries.DiscardAsync(caller, id, cancellationToken), "There is nothing left to discard.");

    private static Results<Ok<DeliveryView>, ProblemHttpResult> Answer(DeliveryChange change, string advice) => change switch
    {
        { Delivery: null } => ApiProblem.NotFound("delivery"),
        { Outcome: DeliveryChangeOutcome.Done } => TypedResults.Ok(change.Delivery),
        _ => ApiProblem.Conflict("delivery", Refusal(change.Outcome, advice)),
    };

    private static string Refusal(DeliveryChangeOutcome outcome, string advice) => outcome switch
    {
        DeliveryChangeOutcome.BeingAttempted => "it is leased: an attempt is in progress. Wait for its outcome, then try again.",
        DeliveryChangeOutcome.AlreadyDue => "it is pending and already due. Check that its endpoint is enabled.",
        DeliveryChangeOutcome.BehindEarlier =>
            "it is pending and waits for an earlier delivery of its resource. Retry or discard that one.",
        DeliveryChangeOutcome.Delivered => $"it is delivered. {advice}",
        DeliveryChangeOutcome.Discarded => $"it is discarded. {advice}",
        DeliveryChangeOutcome.EndpointDeleted => "its endpoint was deleted. To deliver its event elsewhere, replay the event.",
        _ => $"it is deadLettered, and a replay has replaced it. {advice}",
    };
}
