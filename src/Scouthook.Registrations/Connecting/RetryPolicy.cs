using System.Net;

namespace Scouthook.Registrations.Connecting;

/// <summary>Decides whether a failed call is made again, and when.</summary>
/// <remarks>
/// A 429 is always worth waiting for: Help Scout did nothing yet, and says for how long (the limits are per minute). It
/// is bounded, because a caller may be a person. Server errors and lost connections are repeated only where a second
/// call cannot do harm: a creation that was carried out without an answer would otherwise make two registrations.
/// </remarks>
internal sealed class RetryPolicy
{
    public const int MostRateLimitWaits = 5;
    public const int MostRepeats = 3;

    private static readonly TimeSpan DefaultRateLimitWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRateLimitWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstRepeat = TimeSpan.FromSeconds(1);

    private int _rateLimitWaits;
    private int _repeats;

    /// <summary>True once a call without a usable response was repeated: it may have been carried out before.</summary>
    public bool HasRepeated => _repeats > 0;

    /// <returns>How long to wait before the next call; <see langword="null"/> to give up.</returns>
    public TimeSpan? NextWait(HttpResponseMessage response, bool isIdempotent) => response.StatusCode switch
    {
        HttpStatusCode.TooManyRequests => NextRateLimitWait(response),
        >= HttpStatusCode.InternalServerError => NextRepeat(isIdempotent),
        _ => null,
    };

    /// <returns>How long to wait after a call without a response; <see langword="null"/> to give up.</returns>
    public TimeSpan? NextRepeat(bool isIdempotent) => isIdempotent && _repeats < MostRepeats
        ? FirstRepeat * Math.Pow(2, _repeats++)
        : null;

    private TimeSpan? NextRateLimitWait(HttpResponseMessage response)
    {
        var wait = RateLimit.RetryAfter(response) ?? DefaultRateLimitWait;
        return wait <= LongestRateLimitWait && _rateLimitWaits++ < MostRateLimitWaits ? wait : null;
    }
}
