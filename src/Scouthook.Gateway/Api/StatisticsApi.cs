using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Api.Describing;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Model;
using Scouthook.Settings;

namespace Scouthook.Gateway.Api;

/// <summary>What happened in a window of time, and what waits now.</summary>
internal static class StatisticsApi
{
    private static readonly TimeSpan Usual = TimeSpan.FromHours(24);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private static readonly ApiInput[] Inputs =
        [new("window", "How far to look back: a duration up to `366d`, such as `1h`, `24h` (usual) or `7d`.")];

    public static void MapStatistics(this IEndpointRouteBuilder api) => api.MapGet("/stats", ReadAsync)
        .WithTags("Overview")
        .Describe(
            "getStatistics", ApiRole.Viewer, "Events, attempts and what waits: by type, source, outcome, endpoint and time",
            "Counted by five minutes, a few seconds behind.")
        .Takes(Inputs);

    private static async Task<Results<Ok<StatisticsJson>, ProblemHttpResult>> ReadAsync(
        HttpRequest request, Caller caller, OverviewDesk desk, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query, Inputs);
        var window = reader.Value<TimeSpan>(
            "window",
            (string text, out TimeSpan value) =>
                DurationText.TryRead(text, out value, out _) && value > TimeSpan.Zero && value <= Longest,
            "must be a duration up to 366d, such as 1h, 24h or 7d.") ?? Usual;
        return reader.Problem is { } problem
            ? problem
            : TypedResults.Ok(StatisticsJson.From(await desk.ReadAsync(caller, window, cancellationToken)));
    }
}
