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
                "For 24 hours, or until `finish`, `webhook-signature` is made with both, and `X-HelpScout-Signature` with the old one. "
                + "After several rotations within 24 hours every one of those secrets signs the former, and the oldest the latter.")
            .TakesBody([EndpointWish.SecretInput]).MayBeMissing().MayConflict();
        endpoints.MapPost("/{id}/rotate-secret/finish", FinishAsync)
            .Describe("finishEndpointSecretRotation", ApiRole.Admin, "Ends the time in which both secrets sign")
            .MayBeMissing().MayConflict();
        endpoints.MapPost("/{id}/test", TestAsync)
            .Describe("testEndpoint", ApiRole.Operator, "Posts a test event now, and tells what came of it", "It is not stored.")
            .MayBeMissing().MayConflict();
    }

    private static async Task<Ok<PageJson<EndpointJson>>> ListAsync(
        Caller caller, EndpointDesk desk, LiveDeliverySettings settings, CancellationToken cancellationToken) => TypedResults.Ok(
        new PageJson<EndpointJson>(
            [.. (await desk.ListAsync(caller, cancellationToken)).Select(it => EndpointJson.From(it, settings.Current))], null));

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> FindAsync(
        Guid id, Caller caller, EndpointDesk desk, LiveDeliverySettings settings, CancellationToken cancellationToken) =>
        await desk.FindAsync(caller, id, cancellationToken) is { } endpoint
            ? TypedResults.Ok(EndpointJson.From(endpoint, settings.Current))
            : ApiProblem.NotFound("endpoint");

    private static async Task<Results<Created<EndpointJson>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, Caller caller, EndpointDesk desk, LiveDeliverySettings settings, CancellationToken cancellationToken)
    {
        var (wish, problem) = await EndpointWish.ReadAsync(request, settings.Current, cancellationToken);
        if (wish is null)
        {
            return problem!;
        }

        return await desk.CreateAsync(caller, wish.Definition, wish.Secret, wish.Start) is { Endpoint: { } created }
            ? TypedResults.Created(
                $"/api/v1/endpoints/{created.Id}", WithSecret(EndpointJson.From(created, settings.Current), wish.Secret))
            : ApiProblem.Conflict("name", $"{wish.Definition.Name} is taken by another endpoint.");
    }

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> ChangeAsync(
        Guid id,
        HttpRequest request,
        Caller caller,
        EndpointDesk desk,
        LiveDeliverySettings settings,
        CancellationToken cancellationToken)
    {
        var (patch, problem) = await EndpointWish.ReadChangeAsync(request, settings.Current, cancellationToken);
        return patch is null ? problem! : Answer(await desk.ChangeAsync(caller, id, patch.ApplyTo), settings);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, Caller caller, EndpointDesk desk) =>
        await desk.DeleteAsync(caller, id) is { Outcome: not EndpointOutcome.Done } refused
            ? Refusal(refused)
            : TypedResults.NoContent();

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> PauseAsync(
        Guid id, Caller caller, EndpointDesk desk, LiveDeliverySettings settings) =>
        Answer(await desk.SetStateAsync(caller, id, EndpointState.Paused), settings);

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> ResumeAsync(
        Guid id, Caller caller, EndpointDesk desk, LiveDeliverySettings settings) =>
        Answer(await desk.SetStateAsync(caller, id, EndpointState.Enabled), settings);

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> RetryAsync(
        Guid id, Caller caller, EndpointDesk desk, LiveDeliverySettings settings) =>
        Answer(await desk.RetryAsync(caller, id), settings);

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

        var result = await desk.RotateAsync(caller, id, secret);
        return result is { Outcome: EndpointOutcome.Done, Endpoint: { } endpoint }
            ? TypedResults.Ok(WithSecret(EndpointJson.From(endpoint, settings.Current), secret))
            : Refusal(result);
    }

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> FinishAsync(
        Guid id, Caller caller, EndpointDesk desk, LiveDeliverySettings settings) =>
        Answer(await desk.FinishRotationAsync(caller, id), settings);

    private static async Task<Results<Ok<AttemptJson>, ProblemHttpResult>> TestAsync(
        Guid id, Caller caller, EndpointDesk desk, CancellationToken cancellationToken) =>
        await desk.TestAsync(caller, id, cancellationToken) switch
        {
            { Attempt: { } attempt } => TypedResults.Ok(AttemptJson.From(attempt, withAnswer: true)),
            var refused => Refusal(new EndpointResult(refused.Outcome)),
        };

    private static Results<Ok<EndpointJson>, ProblemHttpResult> Answer(EndpointResult result, LiveDeliverySettings settings) =>
        result is { Outcome: EndpointOutcome.Done or EndpointOutcome.Unchanged, Endpoint: { } endpoint }
            ? TypedResults.Ok(EndpointJson.From(endpoint, settings.Current))
            : Refusal(result);

    private static ProblemHttpResult Refusal(EndpointResult result) => result.Outcome switch
    {
        EndpointOutcome.NameTaken => ApiProblem.Conflict("name", "it is taken by another endpoint. Choose another name."),
        EndpointOutcome.Declared => ApiProblem.Conflict(
            "endpoint", $"{result.Endpoint?.Name} is declared in the configuration or by the app. Edit it there."),
        EndpointOutcome.SecretDeclared => ApiProblem.Conflict(
            "secret", $"the configuration sets the secret of {result.Endpoint?.Name}. Change it there, which also starts a rotation."),
        EndpointOutcome.NotHttp => ApiProblem.Conflict("endpoint", "it is a handler of the app, which has no URL and no secret."),
        EndpointOutcome.SecretsUnreadable => TypedResults.Problem(
            $"The secret of endpoint {result.Endpoint?.Name} cannot be decrypted, so its rotation cannot be finished. Restore the key "
                + "ring that was beside the store, or rotate the secret once more.",
            statusCode: StatusCodes.Status503ServiceUnavailable,
            title: "Service Unavailable"),
        EndpointOutcome.NotEnabled => ApiProblem.Conflict(
            "endpoint",
            $"it is {DeliveryText.From(result.Endpoint!.State)}. Resume it; that makes everything that waits due too."),
        EndpointOutcome.TooManySecrets => ApiProblem.Conflict(
            "secret",
            $"{EndpointSecrets.MaxEarlier} earlier secrets still sign. Finish the rotation (rotate-secret/finish), or wait."),
        _ => ApiProblem.NotFound("endpoint"),
    };

    private static EndpointJson WithSecret(EndpointJson endpoint, EndpointSecret secret) => endpoint with
    {
        Secret = secret.Text,
        StandardWebhooksSecret = secret.StandardText == secret.Text ? null : secret.StandardText,
    };
}
