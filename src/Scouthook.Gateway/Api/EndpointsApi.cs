using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Operating;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Api;

/// <summary>Where events go.</summary>
internal static class EndpointsApi
{
    public static void MapEndpoints(this IEndpointRouteBuilder api)
    {
        var endpoints = api.MapGroup("/endpoints");
        endpoints.MapGet("/", ListAsync);
        endpoints.MapPost("/", CreateAsync).RequireAuthorization(RoleNames.Admin);
        endpoints.MapGet("/{id:guid}", FindAsync);
        endpoints.MapPost("/{id:guid}/pause", PauseAsync).RequireAuthorization(RoleNames.Operator);
        endpoints.MapPost("/{id:guid}/resume", ResumeAsync).RequireAuthorization(RoleNames.Operator);
        endpoints.MapPost("/{id:guid}/rotate-secret", RotateAsync).RequireAuthorization(RoleNames.Admin);
        endpoints.MapPost("/{id:guid}/rotate-secret/finish", FinishAsync).RequireAuthorization(RoleNames.Admin);
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
        HttpRequest request,
        IEndpointStore store,
        SecretProtector protector,
        LiveDeliverySettings settings,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var (wish, problem) = await EndpointWish.ReadAsync(request, cancellationToken);
        if (wish is null)
        {
            return problem!;
        }

        var definition = wish.Definition with { Secrets = protector.Protect(new EndpointSecrets(wish.Secret)) };
        if (await store.CreateAsync(definition, wish.Start, timeProvider.GetUtcNow()) is not { } created)
        {
            return ApiProblem.Conflict("name", $"{definition.Name} is taken by another endpoint.");
        }

        return TypedResults.Created(
            $"/api/v1/endpoints/{created.Id}", WithSecret(EndpointJson.From(created, settings.Current), wish.Secret));
    }

    private static Task<Results<Ok<EndpointJson>, ProblemHttpResult>> PauseAsync(
        Guid id, IEndpointStore store, LiveDeliverySettings settings, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        SetStateAsync(id, EndpointState.Paused, store, settings, timeProvider, cancellationToken);

    private static Task<Results<Ok<EndpointJson>, ProblemHttpResult>> ResumeAsync(
        Guid id, IEndpointStore store, LiveDeliverySettings settings, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        SetStateAsync(id, EndpointState.Enabled, store, settings, timeProvider, cancellationToken);

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> SetStateAsync(
        Guid id,
        EndpointState state,
        IEndpointStore store,
        LiveDeliverySettings settings,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        // One that is in that state already is as was asked for.
        await store.SetStateAsync(id, state, null, timeProvider.GetUtcNow());
        return await FindAsync(id, store, settings, cancellationToken);
    }

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> RotateAsync(
        Guid id,
        HttpRequest request,
        IEndpointStore store,
        SecretProtector protector,
        LiveDeliverySettings settings,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
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

        if (await store.FindAsync(id, cancellationToken) is not { Definition.Secrets: { } stored } endpoint)
        {
            return ApiProblem.NotFound("endpoint with a secret");
        }

        // Secrets that can no longer be decrypted have no grace: nobody can sign with them.
        var secrets = protector.Unprotect(id, stored)?.Rotate(secret, timeProvider.GetUtcNow()) ?? new EndpointSecrets(secret);
        await store.SetSecretsAsync(id, protector.Protect(secrets));
        return TypedResults.Ok(WithSecret(EndpointJson.From(endpoint, settings.Current), secret));
    }

    private static async Task<Results<Ok<EndpointJson>, ProblemHttpResult>> FinishAsync(
        Guid id,
        IEndpointStore store,
        SecretProtector protector,
        LiveDeliverySettings settings,
        CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { Definition.Secrets: { } stored } endpoint
            || protector.Unprotect(id, stored) is not { } secrets)
        {
            return ApiProblem.NotFound("endpoint with a secret");
        }

        await store.SetSecretsAsync(id, protector.Protect(secrets.Finish()));
        return TypedResults.Ok(EndpointJson.From(endpoint, settings.Current));
    }

    private static EndpointJson WithSecret(EndpointJson endpoint, EndpointSecret secret) => endpoint with
    {
        Secret = secret.Text,
        StandardWebhooksSecret = secret.StandardText == secret.Text ? null : secret.StandardText,
    };
}
