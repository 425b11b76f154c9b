using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Managing;
using Scouthook.Gateway.Operating;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>Keys to this API.</summary>
internal static class KeysApi
{
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys");
        keys.MapGet("/", ListAsync);
        keys.MapPost("/", CreateAsync);
        keys.MapDelete("/{id:guid}", RevokeAsync);
    }

    private static async Task<Ok<PageJson<KeyJson>>> ListAsync(
        Caller caller, KeyDesk desk, CancellationToken cancellationToken) => TypedResults.Ok(
        new PageJson<KeyJson>([.. (await desk.ListAsync(caller, cancellationToken)).Select(key => KeyJson.From(key))], null));

    private static async Task<Results<Created<KeyJson>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, Caller caller, KeyDesk desk, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Admin);
        var (body, problem) = await BodyReader.ReadAsync(request, ["name", "role", "expiresAt"], cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var name = body.Text("name");
        if (!KeyDesk.IsName(name))
        {
            body.Fail("name", KeyDesk.NameRule);
        }

        if (!RoleNames.TryRead(body.Text("role") ?? "", out var role))
        {
            body.Fail("role", "must be viewer, operator or admin.");
        }

        var expiresAt = body.Instant("expiresAt");
        if (expiresAt <= timeProvider.GetUtcNow())
        {
            body.Fail("expiresAt", "must lie in the future.");
        }

        if (body.Problem is { } wrong)
        {
            return wrong;
        }

        var (key, text) = await desk.CreateAsync(caller, name!, role, expiresAt);
        return TypedResults.Created($"/api/v1/keys/{key.Id}", KeyJson.From(key) with { Key = text });
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(Guid id, Caller caller, KeyDesk desk) =>
        await desk.RevokeAsync(caller, id) ? TypedResults.NoContent() : ApiProblem.NotFound("key that is not revoked");
}
