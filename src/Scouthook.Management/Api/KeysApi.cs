using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Api.Requests;
using Scouthook.Management.Authentication;
using Scouthook.Management.Problems;
using Scouthook.Management.Services;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Api;

/// <summary>Routes for API keys.</summary>
internal static class KeysApi
{
    private static readonly ApiInput[] Inputs =
    [
        new("name", "A name for the key; the audit log shows it.") { IsRequired = true, Example = "ada" },
        new("role", "The role of the key.") { IsRequired = true, Example = "operator", Values = [.. Enum.GetValues<ApiRole>().Select(RoleNames.From)] },
        new("expiresAt", "When the key expires; never, if left out.") { Kind = ApiInputKind.Instant },
    ];

    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys and audit");
        keys.MapGet("/", ListAsync)
            .Describe("listKeys", ApiRole.Admin, "Lists all keys, including expired and revoked ones; never the keys themselves",
                "The first is the admin key: `origin` is `configured`, or `generated` if the first start printed it; all others are `created`.");
        keys.MapPost("/", CreateAsync)
            .Describe("createKey", ApiRole.Admin, "Creates a key, which only this response contains")
            .TakesBody("KeyCreation", Inputs);
        keys.MapDelete("/{id}", RevokeAsync)
            .Describe("revokeKey", ApiRole.Admin, "Revokes a key permanently")
            .MayBeMissing().MayConflict();
    }

    private static async Task<Ok<PageView<KeyView>>> ListAsync(
        Caller caller, KeyService keys, CancellationToken cancellationToken) => TypedResults.Ok(
        new PageView<KeyView>(await keys.ListAsync(caller, cancellationToken), null));

    private static async Task<Results<Created<KeyView>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, Caller caller, KeyService keys, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(request, Inputs, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var (name, role, expiresAt) = (body.GetString("name"), body.GetString("role"), body.GetInstant("expiresAt"));
        if (body.Problem is { } wrong)
        {
            return wrong;
        }

        var creation = await keys.CreateAsync(caller, name, role, expiresAt);
        return creation is { Key: { } created }
            ? TypedResults.Created($"{request.PathBase}/api/v1/keys/{created.Id}", created)
            : ApiProblem.Invalid(creation.Invalid!.Value.Name, creation.Invalid.Value.Detail);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(Guid id, Caller caller, KeyService keys) =>
        await keys.RevokeAsync(caller, id) switch
        {
            KeyOutcome.Done => TypedResults.NoContent(),
            KeyOutcome.AlreadyRevoked => ApiProblem.Conflict("key", "it is already revoked."),
            KeyOutcome.Configured => ApiProblem.Conflict("key", "it is in the configuration. Remove it there and restart."),
            KeyOutcome.LastAdmin => ApiProblem.Conflict("key", "it is the only valid key with the role admin. Create another one first."),
            KeyOutcome.NotStored => ApiProblem.Conflict("key", "its file in the data directory cannot be written, so it is still valid."),
            _ => ApiProblem.NotFound("key"),
        };
}
