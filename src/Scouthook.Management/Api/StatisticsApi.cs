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
using Scouthook.Settings;

namespace Scouthook.Management.Api;

/// <summary>Routes for statistics.</summary>
internal static class StatisticsApi
{
    private static readonly ApiInput[] Inputs =
        [new("window", "How far to look back: a duration up to `366d`, such as `1h`, `24h` or `7d`.") { Default = "24h", Example = "7d" }];

    public static void MapStatistics(this IEndpointRouteBuilder api) => api.MapGet("/stats", ReadAsync)
        .WithTags("Overview")
        .Describe(
            "getStatistics", ApiRole.Viewer, "Returns counts of events, deliveries and attempts and how long they took, by type, source, outcome, endpoint and time",
            "A few seconds behind. The longer the window, the longer the buckets: a minute up to `2h`, five minutes up to `24h`, "
            + "an hour up to `8d`, six hours up to `32d`, and a day beyond.")
        .Takes(Inputs);

    private static async Task<Results<Ok<StatisticsView>, ProblemHttpResult>> ReadAsync(
        HttpRequest request, Caller caller, OverviewService overview, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query, Inputs);
        var window = reader.Value<TimeSpan>(
            "window",
            (string text, out TimeSpan value) =>
                DurationText.TryRead(text, out value, out _) && value > TimeSpan.Zero && value <= OverviewService.MaxWindow,
            "must be a duration up to 366d, such as 1h, 24h or 7d.");
        return reader.Problem is { } problem
            ? problem
            : TypedResults.Ok(await overview.ReadAsync(caller, window, cancellationToken));
    }
}
