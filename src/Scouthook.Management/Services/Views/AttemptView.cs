using System.Text;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Management.Services.Disclosure;

namespace Scouthook.Management.Services.Views;

/// <summary>One attempt of a delivery.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="Outcome">
/// <c>delivered</c>, <c>rejected</c>, <c>gone</c>, <c>timedOut</c>, <c>connectionFailed</c>, <c>tlsFailed</c>,
/// <c>addressRefused</c>, <c>invalidResponse</c>, <c>handlerFailed</c>, <c>retryLater</c>, <c>givenUp</c>,
/// <c>unreadable</c>, <c>interrupted</c>, or of a test <c>secretUnreadable</c>.
/// </param>
/// <param name="StatusCode">The status code of the response.</param>
/// <param name="Error">The error, as a sentence.</param>
/// <param name="ResponseHeaders">
/// The headers of the response; <see langword="null"/> for the role <c>viewer</c>.
/// </param>
/// <param name="ResponseBody">
/// The first 4 KiB of the response; <see langword="null"/> for the role <c>viewer</c>.
/// </param>
internal sealed record AttemptView(
    int Number,
    DateTimeOffset StartedAt,
    double DurationMs,
    [property: KnownTexts(typeof(AttemptOutcome))] string Outcome,
    int? StatusCode,
    string? Error,
    IReadOnlyList<HeaderView>? ResponseHeaders,
    string? ResponseBody) : IForViewers
{
    public object ForViewers() => this with { Error = ViewerText.Mask(Error), ResponseHeaders = null, ResponseBody = null };

    /// <param name="attempt">The attempt.</param>
    /// <param name="withAnswer">Whether to show the response, which may quote the delivered body.</param>
    public static AttemptView From(Attempt attempt, bool withAnswer) => new(
        attempt.Number,
        attempt.StartedAt,
        Math.Round(attempt.Result.Duration.TotalMilliseconds, 3),
        DeliveryText.From(attempt.Result.Outcome),
        attempt.Result.StatusCode,
        attempt.Result.Error,
        withAnswer ? [.. attempt.Result.ResponseHeaders.Select(header => new HeaderView(header.Key, header.Value))] : null,
        withAnswer && attempt.Result.ResponseBody is { } body ? Encoding.UTF8.GetString(body) : null);
}
