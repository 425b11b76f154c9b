using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Api.Requests;
using Scouthook.Management.Authentication;
using Scouthook.Management.Problems;
using Scouthook.Management.Services;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Api;

/// <summary>Routes for endpoints.</summary>
internal static class EndpointsApi
{
    public static void MapEndpoints(this IEndpointRouteBuilder api)
    {
        var endpoints = api.MapGroup("/endpoints").WithTags("Endpoints");
        endpoints.MapGet("/", ListAsync)
            .Describe("listEndpoints", ApiRole.Viewer, "Lists all endpoints");
        endpoints.MapPost("/", CreateAsync)
            .Describe("createEndpoint", ApiRole.Admin, "Creates an endpoint; only this response contains its secret")
            .TakesBody("EndpointCreation", EndpointInputs.Creatable).MayConflict();
        endpoints.MapGet("/{id}", FindAsync)
            .Describe("getEndpoint", ApiRole.Viewer, "One endpoint")
            .MayBeMissing();
        endpoints.MapPatch("/{id}", ChangeAsync)
            .Describe(
                "changeEndpoint", ApiRole.Admin, "Changes the given members",
                "Not for endpoints declared in configuration or by the app.")
            .TakesBody("EndpointChange", EndpointInputs.Changeable).MayBeMissing().MayConflict();
        endpoints.MapDelete("/{id}", DeleteAsync)
            .Describe(
                "deleteEndpoint", ApiRole.Admin, "Deletes an endpoint and discards its pending deliveries",
                "Not for endpoints declared in configuration or by the app.")
            .MayBeMissing().MayConflict();
        endpoints.MapPost("/{id}/pause", PauseAsync)
            .Describe("pauseEndpoint", ApiRole.Operator, "Pauses an endpoint; its deliveries stay pending, in order")
            .MayBeMissing();
        endpoints.MapPost("/{id}/resume", ResumeAsync)
            .Describe(
                "resumeEndpoint", ApiRole.Operator, "Resumes a paused endpoint, or enables a disabled one",
                "All its pending deliveries become due now, oldest first.")
            .MayBeMissing();
        endpoints.MapPost("/{id}/retry", RetryAsync)
            .Describe(
                "retryEndpoint", ApiRole.Operator, "Attempts all pending deliveries of an endpoint now, oldest first",
                "Only for an enabled endpoint; for a paused or disabled one, `resume` does the same.")
            .MayBeMissing().MayConflict();
        endpoints.MapPost("/{id}/rotate-secret", RotateAsync)
            .Describe(
                "rotateEndpointSecret", ApiRole.Admin, "Rotates the secret of an endpoint; only this response contains the new one",
                "For 24 hours, or until `finish`, `webhook-signature` uses both secrets and `X-HelpScout-Signature` the old one. "
                + "After several rotations within 24 hours, the former uses all of these secrets and the latter the oldest.")
            .TakesBody("EndpointSecretRotation", [EndpointInputs.Secret]).MayBeMissing().MayConflict();
        endpoints.MapPost("/{id}/rotate-secret/finish", FinishAsync)
            .Describe("finishEndpointSecretRotation", ApiRole.Admin, "Finishes a rotation: only the new secret signs")
            .MayBeMissing().MayConflict();
        endpoints.MapPost("/{id}/test", TestAsync)
            .Describe("testEndpoint", ApiRole.Operator, "Sends a test event now and returns the result", "The event is not stored.")
            .MayBeMissing().MayConflict();
    }

    private static async Task<Ok<PageView<EndpointView>>> ListAsync(
        Caller caller, EndpointService endpoints, CancellationToken cancellationToken) =>
        TypedResults.Ok(new PageView<EndpointView>(await endpoints.ListAsync(caller, cancellationToken), null));

    private static async Task<Results<Ok<EndpointView>, ProblemHttpResult>> FindAsync(
        Guid id, Caller caller, EndpointService endpoints, CancellationToken cancellationToken) =>
        await endpoints.FindAsync(caller, id, cancellationToken) is { } endpoint
            ? TypedResults.Ok(endpoint)
            : ApiProblem.NotFound("endpoint");

    private static async Task<Results<Created<EndpointView>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, Caller caller, EndpointService endpoints, CancellationToken cancellationToken)
    {
        var (wanted, problem) = await ReadAsync(request, EndpointInputs.Creatable, cancellationToken);
        if (wanted is null)
        {
            return problem!;
        }

        return await endpoints.CreateAsync(caller, wanted) switch
        {
            { Invalid: null, Endpoint: { } created } =>
                TypedResults.Created($"{request.PathBase}/api/v1/endpoints/{created.Id}", created),
            { Invalid: null, Outcome: EndpointOutcome.NameTaken } =>
                ApiProblem.Conflict("name", $"{wanted.Name ?? new Uri(wanted.Url!).Host} is taken by another endpoint."),
            var refused => Refusal(refused),
        };
    }

    private static async Task<Results<Ok<EndpointView>, ProblemHttpResult>> ChangeAsync(
        Guid id, HttpRequest request, Caller caller, EndpointService endpoints, CancellationToken cancellationToken)
    {
        var (wanted, problem) = await ReadAsync(request, EndpointInputs.Changeable, cancellationToken);
        return wanted is null ? problem! : Answer(await endpoints.ChangeAsync(caller, id, wanted));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, Caller caller, EndpointService endpoints) =>
        await endpoints.DeleteAsync(caller, id) is { Outcome: not EndpointOutcome.Done } refused
            ? Refusal(refused)
            : TypedResults.NoContent();

    private static async Task<Results<Ok<EndpointView>, ProblemHttpResult>> PauseAsync(
        Guid id, Caller caller, EndpointService endpoints) =>
        Answer(await endpoints.SetStateAsync(caller, id, EndpointState.Paused));

    private static async Task<Results<Ok<EndpointView>, ProblemHttpResult>> ResumeAsync(
        Guid id, Caller caller, EndpointService endpoints) =>
        Answer(await endpoints.SetStateAsync(caller, id, EndpointState.Enabled));

    private static async Task<Results<Ok<EndpointView>, ProblemHttpResult>> RetryAsync(
        Guid id, Caller caller, EndpointService endpoints) =>
        Answer(await endpoints.RetryAsync(caller, id));

    private static async Task<Results<Ok<EndpointView>, ProblemHttpResult>> RotateAsync(
        Guid id, HttpRequest request, Caller caller, EndpointService endpoints, CancellationToken cancellationToken)
    {
        var (wanted, problem) = await ReadAsync(request, [EndpointInputs.Secret], cancellationToken);
        return wanted is null ? problem! : Answer(await endpoints.RotateAsync(caller, id, wanted.Secret));
    }

    private static async Task<Results<Ok<EndpointView>, ProblemHttpResult>> FinishAsync(
        Guid id, Caller caller, EndpointService endpoints) =>
        Answer(await endpoints.FinishRotationAsync(caller, id));

    private static async Task<Results<Ok<AttemptView>, ProblemHttpResult>> TestAsync(
        Guid id, Caller caller, EndpointService endpoints, CancellationToken cancellationToken) =>
        await endpoints.TestAsync(caller, id, cancellationToken) switch
        {
            { Attempt: { } attempt } => TypedResults.Ok(attempt),
            var refused => Refusal(new EndpointChange(refused.Outcome)),
        };

    private static async Task<(EndpointRequest? Request, ProblemHttpResult? Problem)> ReadAsync(
        HttpRequest request, IReadOnlyList<ApiInput> inputs, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(request, inputs, cancellationToken);
        if (body is null)
        {
            return (null, problem);
        }

        var wanted = EndpointInputs.Read(body);
        return body.Problem is { } wrong ? (null, wrong) : (wanted, null);
    }

    private static Results<Ok<EndpointView>, ProblemHttpResult> Answer(EndpointChange change) =>
        change is { Invalid: null, Outcome: EndpointOutcome.Done or EndpointOutcome.Unchanged, Endpoint: { } endpoint }
            ? TypedResults.Ok(endpoint)
            : Refusal(change);

    private static ProblemHttpResult Refusal(EndpointChange change) => change.Outcome switch
    {
        _ when change.Invalid is { } invalid => ApiProblem.Invalid(invalid.Name, invalid.Detail),
        EndpointOutcome.NameTaken => ApiProblem.Conflict("name", "it is taken by another endpoint. Choose another name."),
        EndpointOutcome.Declared => ApiProblem.Conflict(
            "endpoint", $"{change.Endpoint?.Name} is declared in configuration or by the app. Edit it there."),
        EndpointOutcome.SecretDeclared => ApiProblem.Conflict(
            "secret", $"the configuration sets the secret of {change.Endpoint?.Name}. Change it there, which also starts a rotation."),
        EndpointOutcome.NotHttp => ApiProblem.Conflict("endpoint", "it is a handler in the app, which has no URL and no secret."),
        EndpointOutcome.SecretsUnreadable => TypedResults.Problem(
            $"The secret of endpoint {change.Endpoint?.Name} cannot be decrypted, so its rotation cannot be finished. Restore the key "
                + "ring that belongs to the store, or rotate the secret once more.",
            statusCode: StatusCodes.Status503ServiceUnavailable,
            title: "Service Unavailable"),
        EndpointOutcome.NotEnabled => ApiProblem.Conflict(
            "endpoint",
            $"it is {change.Endpoint!.State}. Resume it, which also makes all pending deliveries due."),
        EndpointOutcome.TooManySecrets => ApiProblem.Conflict(
            "secret",
            $"{EndpointSecrets.MaxEarlier} previous secrets still sign. Finish the rotation (rotate-secret/finish), or wait."),
        _ => ApiProblem.NotFound("endpoint"),
    };
}
