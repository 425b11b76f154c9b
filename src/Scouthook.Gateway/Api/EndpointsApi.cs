using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Api.Describing;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>Where events go.</summary>
internal static class EndpointsApi
{
    private const string DeclaredElsewhere =
        "the configuration or the app declares it, and would do so again at the next start. Change it there.";

    public static void MapEndpoints(this IEndpointRouteBuilder api)
    {
        var endpoints = api.MapGroup("/endpoints").WithTags("Endpoints");
        endpoints.MapGet("/", ListAsync)
            .Describe("listEndpoints", ApiRole.Viewer, "Lists all endpoints");
        endpoints.MapPost("/", CreateAsync)
            .Describe("createEndpoint", ApiRole.Admin, "Creates an endpoint; the answer holds its secret, once")
            .TakesBody(EndpointWish.Creatable).MayConflict();
        endpoints.MapGet("/{id}", FindAsync)
            .Describe("getEndpoint", ApiRole.Viewer, "One endpoint")
            .MayBeMissing();
        endpoints.MapPatch("/{id}", ChangeAsync)
            .Describe(
                "changeEndpoint", ApiRole.Admin, "Changes the members that are given",
                "Not of an endpoint that the configuration or the app declares.")
            .TakesBody(EndpointWish.Changeable).MayBeMissing().MayConflict();
        endpoints.MapDelete("/{id}", DeleteAsync)
            .Describe(
                "deleteEndpoint", ApiRole.Admin, "Removes an endpoint, and discards what it is still owed",
                "Not one that the configuration or the app declares.")
            .MayBeMissing().MayConflict();
        endpoints.MapPost("/{id}/pause", PauseAsync)
            .Describe("pauseEndpoint", ApiRole.Operator, "Stops delivering; what comes meanwhile stays owed, in order")
            .MayBeMissing();
        endpoints.MapPost("/{id}/resume", ResumeAsync)
            .Describe(
                "resumeEndpoint", ApiRole.Operator, "Delivers again; also enables one that is disabled",
                "Everything that waits at it becomes due, the oldest first.")
            .MayBeMissing();
        endpoints.MapPost("/{id}/retry", RetryAsync)
            .Describe(
                "retryEndpoint", ApiRole.Operator, "Attempts now what waits at an endpoint, the oldest first",
                "Only of an endpoint that is enabled: `resume` does the same for one that is paused or disabled.")
            .MayBeMissing().MayConflict();
        endpoints.MapPost("/{id}/rotate-secret", RotateAsync)
            .Describe(
                "rotateEndpointSecret", ApiRole.Admin, "Gives an endpoint a new secret; the answer holds it, once",
                "For 24 hours, or until `finish`, `webhook-signature` is made with both, and `X-HelpScout-Signature` with the old one.")
            .TakesBody([EndpointWish.SecretInput]).MayBeMissing();
        endpoints.MapPost("/{id}/rotate-secret/finish", FinishAsync)
            .Describe("finishEndpointSecretRotation", ApiRole.Admin, "Ends the time in which both secrets sign")
            .MayBeMissing();
        endpoints.MapPost("/{id}/test", TestAsync)
            .Describe("testEndpoint", ApiRole.Operator, "Posts a test event now, and tells what came of it", "It is not stored.")
            .MayBeMissing();
    }

    private static async Task<Ok<PageJson<EndpointJson>>> ListAsync(
        Caller caller, EndpointDesk desk, LiveDeliverySettings settings, CancellationToken cancellationToken) => TypedResults.Ok(
        new PageJson<EndpointJson>(
            [.. (await desk.ListAsync(caller, cancellationToken)).Select(it => EndpointJson.From(it, settings.Current))], null));

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> FindAsync(
        Guid id, Caller caller, EndpointDesk desk, LiveDeliverySettings settings, CancellationToken cancellationToken) =>
        Answer(await desk.FindAsync(caller, id, cancellationToken), settings);

    private static async Task<Results<Created<EndpointJson>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, Caller caller, EndpointDesk desk, LiveDeliverySettings settings, CancellationToken cancellationToken)
    {
        var (wish, problem) = await EndpointWish.ReadAsync(request, settings.Current, cancellationToken);
        if (wish is null)
        {
            return problem!;
        }

        if (await desk.CreateAsync(caller, wish.Definition, wish.Secret, wish.Start) is not { } created)
        {
            return ApiProblem.Conflict("name", $"{wish.Definition.Name} is taken by another endpoint.");
        }

        return TypedResults.Created(
            $"/api/v1/endpoints/{created.Id}", WithSecret(EndpointJson.From(created, settings.Current), wish.Secret));
    }

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> ChangeAsync(
        Guid id,
        HttpRequest request,
        Caller caller,
        EndpointDesk desk,
        LiveDeliverySettings settings,
        CancellationToken cancellationToken)
    {
        var (change, problem) = await EndpointWish.ReadChangeAsync(request, settings.Current, cancellationToken);
        if (change is null)
        {
            return problem!;
        }

        return await desk.ChangeAsync(caller, id, change, cancellationToken) switch
        {
            EndpointChange.NotFound => ApiProblem.NotFound("endpoint"),
            EndpointChange.NameTaken => ApiProblem.Conflict("name", "it is taken by another endpoint."),
            EndpointChange.DeclaredElsewhere => ApiProblem.Conflict("endpoint", DeclaredElsewhere),
            _ => await FindAsync(id, caller, desk, settings, cancellationToken),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, Caller caller, EndpointDesk desk, CancellationToken cancellationToken) =>
        await desk.DeleteAsync(caller, id, cancellationToken) switch
        {
            EndpointChange.NotFound => ApiProblem.NotFound("endpoint"),
            EndpointChange.DeclaredElsewhere => ApiProblem.Conflict("endpoint", DeclaredElsewhere),
            _ => TypedResults.NoContent(),
        };

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> PauseAsync(
        Guid id, Caller caller, EndpointDesk desk, LiveDeliverySettings settings, CancellationToken cancellationToken) =>
        Answer(await desk.SetStateAsync(caller, id, EndpointState.Paused, cancellationToken), settings);

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> ResumeAsync(
        Guid id, Caller caller, EndpointDesk desk, LiveDeliverySettings settings, CancellationToken cancellationToken) =>
        Answer(await desk.SetStateAsync(caller, id, EndpointState.Enabled, cancellationToken), settings);

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> RetryAsync(
        Guid id, Caller caller, EndpointDesk desk, LiveDeliverySettings settings, CancellationToken cancellationToken) =>
        await desk.RetryAsync(caller, id, cancellationToken) is { State: not EndpointState.Enabled } endpoint
            ? ApiProblem.Conflict("endpoint", $"it is {DeliveryText.From(endpoint.State)}. Resume it; that makes what waits due too.")
            : await FindAsync(id, caller, desk, settings, cancellationToken);

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> RotateAsync(
        Guid id, HttpRequest request, Caller caller, EndpointDesk desk, LiveDeliverySettings settings, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(request, [EndpointWish.SecretInput], cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var secret = EndpointWish.SecretOf(body);
        if (body.Problem is { } wrong)
        {
            return wrong;
        }

        return await desk.RotateAsync(caller, id, secret, cancellationToken) is { } endpoint
            ? TypedResults.Ok(WithSecret(EndpointJson.From(endpoint, settings.Current), secret))
            : ApiProblem.NotFound("endpoint with a secret");
    }

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> FinishAsync(
        Guid id, Caller caller, EndpointDesk desk, LiveDeliverySettings settings, CancellationToken cancellationToken) =>
        await desk.FinishRotationAsync(caller, id, cancellationToken) is { } endpoint
            ? TypedResults.Ok(EndpointJson.From(endpoint, settings.Current))
            : ApiProblem.NotFound("endpoint with a secret");

    private static async Task<Results<Ok<AttemptJson>, ProblemHttpResult>> TestAsync(
        Guid id, Caller caller, EndpointDesk desk, CancellationToken cancellationToken) =>
        await desk.TestAsync(caller, id, cancellationToken) is { } attempt
            ? TypedResults.Ok(AttemptJson.From(attempt, withAnswer: true))
            : ApiProblem.NotFound("endpoint with a URL");

    private static Results<Ok<EndpointJson>, ProblemHttpResult> Answer(WebhookEndpoint? endpoint, LiveDeliverySettings settings) =>
        endpoint is null
            ? ApiProblem.NotFound("endpoint")
            : TypedResults.Ok(EndpointJson.From(endpoint, settings.Current));

    private static EndpointJson WithSecret(EndpointJson endpoint, EndpointSecret secret) => endpoint with
    {
        Secret = secret.Text,
        StandardWebhooksSecret = secret.StandardText == secret.Text ? null : secret.StandardText,
    };
}
