using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Api.Requests;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Api;

/// <summary>Routes for the audit log.</summary>
internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder api) => api.MapGet("/audit", ListAsync)
        .WithTags("Keys and audit")
        .Describe("listAudit", ApiRole.Admin, "Lists who changed what, and when, newest first")
        .Takes(PageInputs.All);

    private static async Task<Results<Ok<PageView<AuditView>>, ProblemHttpResult>> ListAsync(
        HttpRequest request, Caller caller, AuditService audit, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query, PageInputs.All);
        var page = PageInputs.Read(reader);
        return reader.Problem is { } problem
            ? problem
            : TypedResults.Ok(await audit.ListAsync(caller, page, cancellationToken));
    }
}
