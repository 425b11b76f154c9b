using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Api;

/// <summary>Routes for the sources.</summary>
internal static class SourcesApi
{
    public static void MapSources(this IEndpointRouteBuilder api) => api.MapGet("/sources", ListAsync)
        .WithTags("Overview")
        .Describe(
            "listSources", ApiRole.Viewer, "Lists the sources: path, fingerprints of the secrets, the newest event",
            "Includes sources that are no longer configured but have stored events.");

    private static async Task<Ok<PageView<SourceView>>> ListAsync(
        Caller caller, OverviewService overview, CancellationToken cancellationToken) =>
        TypedResults.Ok(new PageView<SourceView>(await overview.SourcesAsync(caller, cancellationToken), null));
}
