using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Api.Describing;
using Scouthook.Gateway.Managing;
using Scouthook.Gateway.Operating;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>Keys to this API.</summary>
internal static class KeysApi
{
    private static readonly ApiInput[] Inputs =
    [
        new("name", "Whose key it is; the audit shows it.") { IsRequired = true },
        new("role", "What it may.") { IsRequired = true, Values = [.. Enum.GetValues<ApiRole>().Select(RoleNames.From)] },
        new("expiresAt", "When it ends; without, it does not.") { Kind = ApiInputKind.Instant },
    ];

    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys and audit");
        keys.MapGet("/", ListAsync)
            .Describe("listKeys", ApiRole.Admin, "Lists all keys, expired and revoked ones too; never the keys themselves");
        keys.MapPost("/", CreateAsync)
            .Describe("createKey", ApiRole.Admin, "Makes a key; the answer holds it, once")
            .TakesBody(Inputs);
        keys.MapDelete("/{id}", RevokeAsync)
            .Describe("revokeKey", ApiRole.Admin, "Revokes a key: it is refused from now on, for ever")
            .MayBeMissing().MayConflict();
    }

    private static async Task<Ok<PageJson<KeyJson>>> ListAsync(
        Caller caller, KeyDesk desk, CancellationToken cancellationToken) => TypedResults.Ok(
        new PageJson<KeyJson>([.. (await desk.ListAsync(caller, cancellationToken)).Select(key => KeyJson.From(key))], null));

    private static async Task<Results<Created<KeyJson>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, Caller caller, KeyDesk desk, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(request, Inputs, cancellationToken);
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
        await desk.RevokeAsync(caller, id) switch
        {
            KeyOutcome.Done => TypedResults.NoContent(),
            KeyOutcome.AlreadyRevoked => ApiProblem.Conflict("key", "it was already revoked; there is nothing left to do."),
            _ => ApiProblem.NotFound("key"),
        };
}
