using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Api.Describing;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>Past events, delivered again.</summary>
internal static class ReplaysApi
{
    private static readonly ApiInput EndpointInput =
        new("endpointId", "Only to this endpoint; else to every enabled one that wants them.") { Kind = ApiInputKind.Id };

    private static readonly ApiInput[] Inputs =
    [
        EndpointInput,
        new("deadLetters", "All dead letters of the endpoint; then no other condition is taken.") { Kind = ApiInputKind.Flag },
        new("types", "Event names or patterns.") { IsList = true },
        new("source", "The name of a source."),
        new("since", "Received at or after this instant, or date (UTC).") { Kind = ApiInputKind.Instant },
        new("until", "Received before this instant, or date (UTC).") { Kind = ApiInputKind.Instant },
    ];

    public static void MapReplays(this IEndpointRouteBuilder api)
    {
        api.MapPost("/events/{id:guid}/replay", ReplayEventAsync)
            .WithTags("Replays")
            .Describe(
                "replayEvent", ApiRole.Operator, "Delivers an event again",
                "To the endpoint that is named, or to every enabled one that wants it.")
            .TakesBody([EndpointInput]).MayBeMissing();
        var replays = api.MapGroup("/replays").WithTags("Replays");
        replays.MapGet("/", ListAsync)
            .Describe("listReplays", ApiRole.Viewer, "Lists replays, newest first")
            .Takes(PageRequest.Inputs);
        replays.MapPost("/", CreateAsync)
            .Describe(
                "createReplay", ApiRole.Operator, "Delivers past events again: those of a filter, or all dead letters of an endpoint")
            .TakesBody(Inputs).MayBeMissing();
        replays.MapGet("/{id:guid}", FindAsync)
            .Describe("getReplay", ApiRole.Viewer, "One replay, and how far it is")
            .MayBeMissing();
        replays.MapPost("/{id:guid}/stop", StopAsync)
            .Describe("stopReplay", ApiRole.Operator, "Ends a replay early; what it added stays")
            .MayBeMissing();
    }

    private static async Task<Results<Accepted<ReplayJson>, ProblemHttpResult>> ReplayEventAsync(
        Guid id, HttpRequest request, Caller caller, ReplayDesk desk, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(request, [EndpointInput], cancellationToken);
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
        HttpRequest request, Caller caller, ReplayDesk desk, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(request, Inputs, cancellationToken);
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
        ReplayRequest wish, Caller caller, ReplayDesk desk) =>
        await desk.CreateAsync(caller, wish) is { } replay
            ? TypedResults.Accepted($"/api/v1/replays/{replay.Id}", ReplayJson.From(replay))
            : ApiProblem.NotFound("event or endpoint");

    private static async Task<Results<Ok<PageJson<ReplayJson>>, ProblemHttpResult>> ListAsync(
        HttpRequest request, Caller caller, ReplayDesk desk, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query, PageRequest.Inputs);
        var page = PageRequest.Read(reader);
        return reader.Problem is { } problem
            ? problem
            : TypedResults.Ok(page.Page(
                await desk.ListAsync(caller, page.Before, page.Limit + 1, cancellationToken), ReplayJson.From, it => it.Key));
    }

    private static async Task<Results<Ok<ReplayJson>, ProblemHttpResult>> FindAsync(
        Guid id, Caller caller, ReplayDesk desk, CancellationToken cancellationToken) =>
        Answer(await desk.FindAsync(caller, id, cancellationToken));

    private static async Task<Results<Ok<ReplayJson>, ProblemHttpResult>> StopAsync(
        Guid id, Caller caller, ReplayDesk desk, CancellationToken cancellationToken) =>
        Answer(await desk.StopAsync(caller, id, cancellationToken));

    private static Results<Ok<ReplayJson>, ProblemHttpResult> Answer(Replay? replay) =>
        replay is null ? ApiProblem.NotFound("replay") : TypedResults.Ok(ReplayJson.From(replay));
}
