using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Api;

/// <summary>Past events, delivered again.</summary>
internal static class ReplaysApi
{
    public static void MapReplays(this IEndpointRouteBuilder api)
    {
        api.MapPost("/events/{id:guid}/replay", ReplayEventAsync);
        var replays = api.MapGroup("/replays");
        replays.MapGet("/", ListAsync);
        replays.MapPost("/", CreateAsync);
        replays.MapGet("/{id:guid}", FindAsync);
        replays.MapPost("/{id:guid}/stop", StopAsync);
    }

    private static async Task<Results<Accepted<ReplayJson>, ProblemHttpResult>> ReplayEventAsync(
        Guid id, HttpRequest request, Caller caller, DeliveryDesk desk, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(request, ["endpointId"], cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var endpoint = body.Id("endpointId");
        return body.Problem is { } wrong
            ? wrong
            : await StartAsync(new ReplayRequest { EventId = id, EndpointId = endpoint }, caller, desk);
    }

    private static async Task<Results<Accepted<ReplayJson>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, Caller caller, DeliveryDesk desk, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(
            request, ["endpointId", "deadLetters", "types", "source", "since", "until"], cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var wish = new ReplayRequest
        {
            EndpointId = body.Id("endpointId"),
            DeadLetters = body.Flag("deadLetters") ?? false,
            EventTypes = body.Texts("types", EventPattern.IsValid, EndpointRules.PatternRule) ?? [],
            Source = body.Text("source"),
            Since = body.Instant("since"),
            Until = body.Instant("until"),
        };
        if (wish.DeadLetters && (wish.EndpointId is null || wish.EventTypes.Count > 0 || wish.Source is not null
            || wish.Since is not null || wish.Until is not null))
        {
            body.Fail("deadLetters", "needs an endpointId, and takes no other condition.");
        }

        if (wish is { DeadLetters: false, EventTypes.Count: 0, Source: null, Since: null, Until: null })
        {
            body.Fail("body", "must say which events: types, source, since, until, or deadLetters of an endpoint.");
        }

        return body.Problem is { } wrong ? wrong : await StartAsync(wish, caller, desk);
    }

    private static async Task<Results<Accepted<ReplayJson>, ProblemHttpResult>> StartAsync(
        ReplayRequest wish, Caller caller, DeliveryDesk desk) =>
        await desk.ReplayAsync(caller, wish) is { } replay
            ? TypedResults.Accepted($"/api/v1/replays/{replay.Id}", ReplayJson.From(replay))
            : ApiProblem.NotFound("event or endpoint");

    private static async Task<Ok<PageJson<ReplayJson>>> ListAsync(IReplayStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new PageJson<ReplayJson>(
            [.. (await store.ListAsync(cancellationToken)).Select(ReplayJson.From)], null));

    private static async Task<Results<Ok<ReplayJson>, ProblemHttpResult>> FindAsync(
        Guid id, IReplayStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } replay
            ? TypedResults.Ok(ReplayJson.From(replay))
            : ApiProblem.NotFound("replay");

    private static async Task<Results<Ok<ReplayJson>, ProblemHttpResult>> StopAsync(
        Guid id, Caller caller, DeliveryDesk desk, IReplayStore store, CancellationToken cancellationToken)
    {
        await desk.StopReplayAsync(caller, id);
        return await FindAsync(id, store, cancellationToken);
    }
}
