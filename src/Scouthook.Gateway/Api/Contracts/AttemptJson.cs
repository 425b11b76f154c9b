using System.Text;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>An attempt on the wire.</summary>
internal sealed record AttemptJson(
    int Number,
    DateTimeOffset StartedAt,
    double DurationMs,
    string Outcome,
    int? StatusCode,
    string? Error,
    IReadOnlyList<HeaderJson>? ResponseHeaders,
    string? ResponseBody)
{
    /// <param name="attempt">The attempt.</param>
    /// <param name="withAnswer">Whether to show what the endpoint answered: it may quote the body it was sent.</param>
    public static AttemptJson From(Attempt attempt, bool withAnswer) => new(
        attempt.Number,
        attempt.StartedAt,
        Math.Round(attempt.Result.Duration.TotalMilliseconds, 3),
        DeliveryText.From(attempt.Result.Outcome),
        attempt.Result.StatusCode,
        attempt.Result.Error,
        withAnswer ? [.. attempt.Result.ResponseHeaders.Select(header => new HeaderJson(header.Key, header.Value))] : null,
        withAnswer && attempt.Result.ResponseBody is { } body ? Encoding.UTF8.GetString(body) : null);
}
