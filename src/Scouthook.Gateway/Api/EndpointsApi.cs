using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Api;

/// <summary>Where events go.</summary>
internal static class EndpointsApi
{
    private const string DeclaredElsewhere =
        "the configuration or the app declares it, and would do so again at the next start. Change it there.";

    public static void MapEndpoints(this IEndpointRouteBuilder api)
    {
        var endpoints = api.MapGroup("/endpoints");
        endpoints.MapGet("/", ListAsync);
        endpoints.MapPost("/", CreateAsync);
        endpoints.MapGet("/{id:guid}", FindAsync);
        endpoints.MapPatch("/{id:guid}", ChangeAsync);
        endpoints.MapDelete("/{id:guid}", DeleteAsync);
        endpoints.MapPost("/{id:guid}/pause", PauseAsync);
        endpoints.MapPost("/{id:guid}/resume", ResumeAsync);
        endpoints.MapPost("/{id:guid}/rotate-secret", RotateAsync);
        endpoints.MapPost("/{id:guid}/rotate-secret/finish", FinishAsync);
        endpoints.MapPost("/{id:guid}/test", TestAsync);
    }

    private static async Task<Ok<PageJson<EndpointJson>>> ListAsync(
        IEndpointStore store, LiveDeliverySettings settings, CancellationToken cancellationToken) => TypedResults.Ok(
        new PageJson<EndpointJson>(
            [.. (await store.ListAsync(cancellationToken)).Select(it => EndpointJson.From(it, settings.Current))], null));

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> FindAsync(
        Guid id, IEndpointStore store, LiveDeliverySettings settings, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } endpoint
            ? TypedResults.Ok(EndpointJson.From(endpoint, settings.Current))
            : ApiProblem.NotFound("endpoint");

    private static async Task<Results<Created<EndpointJson>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, Caller caller, EndpointDesk desk, LiveDeliverySettings settings, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Admin);
        var (wish, problem) = await EndpointWish.ReadAsync(request, cancellationToken);
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
        IEndpointStore store,
        LiveDeliverySettings settings,
        CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Admin);
        var (change, problem) = await EndpointWish.ReadChangeAsync(request, cancellationToken);
        if (change is null)
        {
            return problem!;
        }

        return await desk.ChangeAsync(caller, id, change, cancellationToken) switch
        {
            EndpointChange.NotFound => ApiProblem.NotFound("endpoint"),
            EndpointChange.NameTaken => ApiProblem.Conflict("name", "it is taken by another endpoint."),
            EndpointChange.DeclaredElsewhere => ApiProblem.Conflict("endpoint", DeclaredElsewhere),
            _ => await FindAsync(id, store, settings, cancellationToken),
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
        Guid id, Caller caller, EndpointDesk desk, IEndpointStore store, LiveDeliverySettings settings, CancellationToken cancellationToken)
    {
        await desk.SetStateAsync(caller, id, EndpointState.Paused);
        return await FindAsync(id, store, settings, cancellationToken);
    }

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> ResumeAsync(
        Guid id, Caller caller, EndpointDesk desk, IEndpointStore store, LiveDeliverySettings settings, CancellationToken cancellationToken)
    {
        await desk.SetStateAsync(caller, id, EndpointState.Enabled);
        return await FindAsync(id, store, settings, cancellationToken);
    }

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> RotateAsync(
        Guid id, HttpRequest request, Caller caller, EndpointDesk desk, LiveDeliverySettings settings, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Admin);
        var (body, problem) = await BodyReader.ReadAsync(request, ["secret"], cancellationToken);
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

    private static EndpointJson WithSecret(EndpointJson endpoint, EndpointSecret secret) => endpoint with
    {
        Secret = secret.Text,
        StandardWebhooksSecret = secret.StandardText == secret.Text ? null : secret.StandardText,
    };
}
