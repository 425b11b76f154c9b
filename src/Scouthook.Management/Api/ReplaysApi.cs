using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Api.Requests;
using Scouthook.Management.Authentication;
using Scouthook.Management.Problems;
using Scouthook.Management.Services;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Api;

/// <summary>Routes for replays.</summary>
internal static class ReplaysApi
{
    private static readonly ApiInput EndpointInput =
        new("endpointId", "Only to this endpoint; to every enabled endpoint that subscribes to the event, if left out.")
        {
            Kind = ApiInputKind.Id, Example = "0199a3c1-04d2-7b90-b7e6-51c2a8f3d604",
        };

    private static readonly ApiInput[] Filter =
        [.. EventQueryReader.Inputs.Where(input => input.Name is "type" or "source" or "resource" or "mailbox" or "state" or "since" or "until")];

    private static readonly ApiInput[] Inputs =
    [
        EndpointInput,
        new("filter", "Selects events, with the filters of the list of events; all must match.") { Members = Filter, Schema = "ReplayFilter" },
        new("deadLetters", "All dead letters of the endpoint; excludes all other conditions.")
        {
            Kind = ApiInputKind.Flag, Default = false, Example = true,
        },
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
                "To the given endpoint, or to every enabled endpoint that subscribes to it.")
            .TakesBody("EventReplay", [EndpointInput]).MayBeMissing();
        var replays = api.MapGroup("/replays").WithTags("Replays");
        replays.MapGet("/", ListAsync)
            .Describe("listReplays", ApiRole.Viewer, "Lists replays, newest first")
            .Takes(PageInputs.All);
        replays.MapPost("/", CreateAsync)
            .Describe(
                "createReplay", ApiRole.Operator, "Delivers past events again: those of a filter, or all dead letters of an endpoint")
            .TakesBody("ReplayCreation", Inputs).MayBeMissing();
        replays.MapGet("/{id}", FindAsync)
            .Describe("getReplay", ApiRole.Viewer, "Returns one replay with its progress")
            .MayBeMissing();
        replays.MapPost("/{id}/stop", StopAsync)
            .Describe("stopReplay", ApiRole.Operator, "Stops a replay early; deliveries already created are still delivered")
            .MayBeMissing();
    }

    private static async Task<Results<Accepted<ReplayView>, ProblemHttpResult>> ReplayEventAsync(
        Guid id, HttpRequest request, Caller caller, ReplayService replays, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(request, [EndpointInput], cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var endpoint = body.GetId("endpointId");
        return body.Problem is { } wrong
            ? wrong
            : await StartAsync(new ReplayRequest { EventId = id, EndpointId = endpoint }, request, caller, replays);
    }

    private static async Task<Results<Accepted<ReplayView>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, Caller caller, ReplayService replays, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(request, Inputs, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var filter = body.GetObject("filter", Filter, ReadFilter) ?? new ReplayRequest();
        var types = body.GetStrings("types", EventPattern.IsValid, EndpointRules.PatternRule) ?? [];
        var replay = filter with
        {
            EndpointId = body.GetId("endpointId"),
            DeadLetters = body.GetBoolean("deadLetters") ?? false,
            EventTypes = types.Count > 0 ? types : filter.EventTypes,
            Source = body.GetString("source") ?? filter.Source,
            Since = body.GetInstant("since") ?? filter.Since,
            Until = body.GetInstant("until") ?? filter.Until,
        };
        return body.Problem is { } wrong ? wrong : await StartAsync(replay, request, caller, replays);
    }

    private static ReplayRequest ReadFilter(BodyReader filter)
    {
        var resource = default(ResourceReference);
        var hasResource = filter.GetString("resource") is { } about && EventQueryReader.TryReadResource(about, out resource);
        if (filter.GetString("resource") is not null && !hasResource)
        {
            filter.AddError("resource", EventQueryReader.ResourceRule);
        }

        var state = default(EventState);
        var hasState = filter.GetString("state") is { } word && StateText.TryRead(word, out state);
        if (filter.GetString("state") is not null && !hasState)
        {
            filter.AddError("state", "must be ok, unknown, unreadable or notification.");
        }

        return new ReplayRequest
        {
            EventTypes = filter.GetStringOrStrings("type", EventPattern.IsValid, EndpointRules.PatternRule) ?? [],
            Source = filter.GetString("source"),
            ResourceKind = hasResource ? resource.Kind : null,
            ResourceId = hasResource ? resource.Id : null,
            MailboxId = filter.GetInt64("mailbox", "must be a mailbox id, which is a number."),
            State = hasState ? state : null,
            Since = filter.GetInstant("since"),
            Until = filter.GetInstant("until"),
        };
    }

    private static async Task<Results<Accepted<ReplayView>, ProblemHttpResult>> StartAsync(
        ReplayRequest replay, HttpRequest request, Caller caller, ReplayService replays) =>
        await replays.CreateAsync(caller, replay) switch
        {
            { Invalid: { } invalid } => ApiProblem.Invalid(invalid.Name, invalid.Detail),
            { Outcome: ReplayOutcome.Done, Replay: { } started } =>
                TypedResults.Accepted($"{request.PathBase}/api/v1/replays/{started.Id}", started),
            { Outcome: ReplayOutcome.EndpointNotFound } => ApiProblem.NotFound("endpoint"),
            _ => ApiProblem.NotFound("event"),
        };

    private static async Task<Results<Ok<PageView<ReplayView>>, ProblemHttpResult>> ListAsync(
        HttpRequest request, Caller caller, ReplayService replays, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query, PageInputs.All);
        var page = PageInputs.Read(reader);
        return reader.Problem is { } problem
            ? problem
            : TypedResults.Ok(await replays.ListAsync(caller, page, cancellationToken));
    }

    private static async Task<Results<Ok<ReplayView>, ProblemHttpResult>> FindAsync(
        Guid id, Caller caller, ReplayService replays, CancellationToken cancellationToken) =>
        Answer(await replays.FindAsync(caller, id, cancellationToken));

    private static async Task<Results<Ok<ReplayView>, ProblemHttpResult>> StopAsync(
        Guid id, Caller caller, ReplayService replays) =>
        Answer((await replays.StopAsync(caller, id)).Replay);

    private static Results<Ok<ReplayView>, ProblemHttpResult> Answer(ReplayView? replay) =>
        replay is null ? ApiProblem.NotFound("replay") : TypedResults.Ok(replay);
}
