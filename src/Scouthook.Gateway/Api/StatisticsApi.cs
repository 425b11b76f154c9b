using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Api;

/// <summary>What happened in a window of time, and what waits now.</summary>
internal static class StatisticsApi
{
    private static readonly TimeSpan Usual = TimeSpan.FromHours(24);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static void MapStatistics(this IEndpointRouteBuilder api) => api.MapGet("/stats", ReadAsync);

    private static async Task<Results<Ok<StatisticsJson>, ProblemHttpResult>> ReadAsync(
        HttpRequest request, IStatisticsStore store, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query, "window");
        var window = reader.Value<TimeSpan>(
            "window",
            (string text, out TimeSpan value) =>
                DurationText.TryRead(text, out value, out _) && value > TimeSpan.Zero && value <= Longest,
            "must be a duration up to 366d, such as 1h, 24h or 7d.") ?? Usual;
        if (reader.Problem is { } problem)
        {
            return problem;
        }

        var now = timeProvider.GetUtcNow();
        return TypedResults.Ok(StatisticsJson.From(await store.ReadAsync(now - window, now, cancellationToken)));
    }
}
