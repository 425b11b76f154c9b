using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Api.Describing;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>Who changed what, and when.</summary>
internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder api) => api.MapGet("/audit", ListAsync)
        .WithTags("Keys and audit")
        .Describe("listAudit", ApiRole.Admin, "Lists who changed what, and when, newest first")
        .Takes(PageRequest.Inputs);

    private static async Task<Results<Ok<PageJson<AuditJson>>, ProblemHttpResult>> ListAsync(
        HttpRequest request, Caller caller, AuditDesk desk, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query, PageRequest.Inputs);
        var page = PageRequest.Read(reader);
        return reader.Problem is { } problem
            ? problem
            : TypedResults.Ok(page.Page(
                await desk.ListAsync(caller, page.Before, page.Limit + 1, cancellationToken), AuditJson.From, it => it.Key));
    }
}
