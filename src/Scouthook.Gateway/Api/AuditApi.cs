using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Api;

/// <summary>Who changed what, and when.</summary>
internal static class AuditApi
{
    private const int UsualLimit = 50;
    private const int MostPerPage = 500;

    public static void MapAudit(this IEndpointRouteBuilder api) => api.MapGet("/audit", ListAsync);

    private static async Task<Results<Ok<PageJson<AuditJson>>, ProblemHttpResult>> ListAsync(
        HttpRequest request, Caller caller, IAccessStore store, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query, "cursor", "limit");
        var before = reader.Value<long>("cursor", Cursor.TryRead, "must be the next of the page before.");
        var limit = reader.Limit(UsualLimit, MostPerPage);
        if (reader.Problem is { } problem)
        {
            return problem;
        }

        var entries = await Audit.ListAsync(store, caller, before, limit + 1, cancellationToken);
        return TypedResults.Ok(new PageJson<AuditJson>(
            [.. entries.Take(limit).Select(AuditJson.From)],
            entries.Count > limit ? Cursor.Write(entries[limit - 1].Key) : null));
    }
}
