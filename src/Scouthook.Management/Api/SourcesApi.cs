using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Api.Requests;
using Scouthook.Management.Authentication;
using Scouthook.Management.Problems;
using Scouthook.Management.Services;
using Scouthook.Management.Services.Views;
using Scouthook.Management.Services.Views.Sources;

namespace Scouthook.Management.Api;

/// <summary>Routes for the sources and their secrets.</summary>
internal static class SourcesApi
{
    private static readonly ApiInput[] Addable =
    [
        new("secret", "The secret as entered in Help Scout, which allows 40 characters. Generated, if left out."),
        new("expiresAt", "When the secret ends; never, if left out.") { Kind = ApiInputKind.Instant, Example = "2026-12-31T00:00:00Z" },
    ];

    private static readonly ApiInput[] Changeable =
    [
        new("expiresAt", "When the secret ends. An instant in the past ends it now; `null` removes the end.")
        {
            Kind = ApiInputKind.Instant,
            Example = "2026-03-04T09:30:00Z",
            IsRequired = true,
            IsNullable = true,
        },
    ];

    public static void MapSources(this IEndpointRouteBuilder api)
    {
        var sources = api.MapGroup("/sources").WithTags("Sources");
        sources.MapGet("/", ListAsync)
            .Describe(
                "listSources", ApiRole.Viewer, "Lists the sources: path, fingerprints of the secrets, the newest event",
                "Includes sources that are no longer configured but have stored events.");
        sources.MapPost("/{name}/secrets", AddAsync)
            .Describe(
                "addSourceSecret", ApiRole.Admin, "Adds a secret to a source; only this response contains it",
                "It is the current secret from the next request on; the others stay valid until they end.")
            .TakesBody("SourceSecretCreation", Addable).MayBeMissing().MayConflict();
        sources.MapPatch("/{name}/secrets/{fingerprint}", EndAsync)
            .Describe(
                "changeSourceSecret", ApiRole.Admin, "Sets when a secret of a source ends, a configured one too",
                "The last valid secret of a source cannot be ended.")
            .TakesBody("SourceSecretChange", Changeable).MayBeMissing().MayConflict();
        sources.MapDelete("/{name}/secrets/{fingerprint}", RemoveAsync)
            .Describe(
                "endSourceSecret", ApiRole.Admin, "Ends a secret of a source now, a configured one too",
                "The last valid secret of a source cannot be ended.")
            .MayBeMissing().MayConflict();
    }

    private static async Task<Ok<PageView<SourceView>>> ListAsync(
        Caller caller, OverviewService overview, CancellationToken cancellationToken) =>
        TypedResults.Ok(new PageView<SourceView>(await overview.SourcesAsync(caller, cancellationToken), null));

    private static async Task<Results<Created<SecretView>, ProblemHttpResult>> AddAsync(
        string name, HttpRequest request, Caller caller, SourceSecretService secrets, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(request, Addable, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var (text, expiresAt) = (body.GetString("secret"), body.GetInstant("expiresAt"));
        if (body.Problem is { } wrong)
        {
            return wrong;
        }

        return await secrets.AddAsync(caller, name, text, expiresAt) switch
        {
            { Outcome: SourceSecretOutcome.Done, Secret: { } added } => TypedResults.Created(
                $"{request.PathBase}/api/v1/sources/{Uri.EscapeDataString(name)}/secrets/{added.Fingerprint}", added),
            var refused => Refusal(refused, name, "source"),
        };
    }

    private static async Task<Results<Ok<SecretView>, ProblemHttpResult>> EndAsync(
        string name, string fingerprint, HttpRequest request, Caller caller, SourceSecretService secrets, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(request, Changeable, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var expiresAt = body.GetInstant("expiresAt");
        if (!body.Contains("expiresAt"))
        {
            body.AddError("expiresAt", "must be an instant, or null for no end.");
        }

        if (body.Problem is { } wrong)
        {
            return wrong;
        }

        return await secrets.EndAsync(caller, name, fingerprint, expiresAt) switch
        {
            { Outcome: SourceSecretOutcome.Done, Secret: { } changed } => TypedResults.Ok(changed),
            var refused => Refusal(refused, name),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string name, string fingerprint, Caller caller, SourceSecretService secrets) =>
        await secrets.RemoveAsync(caller, name, fingerprint) is { Outcome: not SourceSecretOutcome.Done } refused
            ? Refusal(refused, name)
            : TypedResults.NoContent();

    private static ProblemHttpResult Refusal(SourceSecretChange change, string source, string missing = "source or secret") =>
        change.Outcome switch
        {
            _ when change.Invalid is { } invalid => ApiProblem.Invalid(invalid.Name, invalid.Detail),
            SourceSecretOutcome.AlreadyLive => ApiProblem.Conflict(
                "secret", $"source {source} has this secret already, with the fingerprint {change.Secret?.Fingerprint}."),
            SourceSecretOutcome.TooMany => ApiProblem.Conflict(
                "secret", $"source {source} has {SourceSecretRules.MaxLive} valid secrets. End one of them first."),
            SourceSecretOutcome.LastLive => ApiProblem.Conflict(
                "secret",
                $"source {source} would have no valid secret when this one ends, and its events would be rejected. Add another one "
                    + "first. To stop receiving, deactivate the webhook in Help Scout and remove the source from the configuration."),
            SourceSecretOutcome.EndConfigured => ApiProblem.Conflict(
                "expiresAt",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the configuration ends this secret at {change.Secret?.ExpiresAt?.UtcDateTime:O}. Change it there.")),
            _ => ApiProblem.NotFound(missing, "GET /api/v1/sources lists the sources and the fingerprints of their secrets."),
        };
}
