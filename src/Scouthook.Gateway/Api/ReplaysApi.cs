using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Events;
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

    private static readonly ApiInput[] Filter =
        [.. EventQueryReader.Inputs.Where(input => input.Name is "type" or "source" or "resource" or "mailbox" or "state" or "since" or "until")];

    private static readonly ApiInput[] Inputs =
    [
        EndpointInput,
        new("filter", "Which events: the filters of their list, of which all that are given must hold.") { Members = Filter },
        new("deadLetters", "All dead letters of the endpoint; then no other condition is taken.") { Kind = ApiInputKind.Flag },
        new("types", "Short for `filter.type`.") { IsList = true },
        new("source", "Short for `filter.source`."),
        new("since", "Short for `filter.since`.") { Kind = ApiInputKind.Instant },
        new("until", "Short for `filter.until`.") { Kind = ApiInputKind.Instant },
    ];

    public static void MapReplays(this IEndpointRouteBuilder api)
    {
        api.MapPost("/events/{id}/replay", ReplayEventAsync)
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
        replays.MapGet("/{id}", FindAsync)
            .Describe("getReplay", ApiRole.Viewer, "One replay, and how far it is")
            .MayBeMissing();
        replays.MapPost("/{id}/stop", StopAsync)
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

        var filter = body.Object("filter", Filter, ReadFilter) ?? new ReplayRequest();
        var types = body.Texts("types", EventPattern.IsValid, EndpointRules.PatternRule) ?? [];
        var wish = filter with
        {
            EndpointId = body.Id("endpointId"),
            DeadLetters = body.Flag("deadLetters") ?? false,
            EventTypes = types.Count > 0 ? types : filter.EventTypes,
            Source = body.Text("source") ?? filter.Source,
            Since = body.Instant("since") ?? filter.Since,
            Until = body.Instant("until") ?? filter.Until,
        };
        var hasFilter = wish is not
        {
            EventTypes.Count: 0, Source: null, ResourceKind: null, MailboxId: null, State: null, Since: null, Until: null,
        };
        if (wish.DeadLetters && (wish.EndpointId is null || hasFilter))
        {
            body.Fail("deadLetters", "needs an endpointId, and takes no other condition.");
        }

        if (!wish.DeadLetters && !hasFilter)
        {
            body.Fail("body", "must say which events: a filter, or deadLetters of an endpoint.");
        }

        return body.Problem is { } wrong ? wrong : await StartAsync(wish, caller, desk);
    }

    private static ReplayRequest ReadFilter(BodyReader filter)
    {
        var resource = default(ResourceReference);
        var hasResource = filter.Text("resource") is { } about && EventQueryReader.TryReadResource(about, out resource);
        if (filter.Text("resource") is not null && !hasResource)
        {
            filter.Fail("resource", EventQueryReader.ResourceRule);
        }

        var state = default(EventState);
        var hasState = filter.Text("state") is { } word && StateText.TryRead(word, out state);
        if (filter.Text("state") is not null && !hasState)
        {
            filter.Fail("state", "must be ok, unknown, unreadable or notification.");
        }

        return new ReplayRequest
        {
            EventTypes = filter.TextOrTexts("type", EventPattern.IsValid, EndpointRules.PatternRule) ?? [],
            Source = filter.Text("source"),
            ResourceKind = hasResource ? resource.Kind : null,
            ResourceId = hasResource ? resource.Id : null,
            MailboxId = filter.Whole("mailbox", "must be the number of an inbox at Help Scout."),
            State = hasState ? state : null,
            Since = filter.Instant("since"),
            Until = filter.Instant("until"),
        };
    }

    private static async Task<Results<Accepted<ReplayJson>, ProblemHttpResult>> StartAsync(
        ReplayRequest wish, Caller caller, ReplayDesk desk) =>
        await desk.CreateAsync(caller, wish) switch
        {
            { Outcome: ReplayOutcome.Done, Replay: { } replay } =>
                TypedResults.Accepted($"/api/v1/replays/{replay.Id}", ReplayJson.From(replay)),
            { Outcome: ReplayOutcome.EndpointNotFound } => ApiProblem.NotFound("endpoint"),
            _ => ApiProblem.NotFound("event"),
        };

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
        Guid id, Caller caller, ReplayDesk desk) =>
        Answer((await desk.StopAsync(caller, id)).Replay);

    private static Results<Ok<ReplayJson>, ProblemHttpResult> Answer(Replay? replay) =>
        replay is null ? ApiProblem.NotFound("replay") : TypedResults.Ok(ReplayJson.From(replay));
}
