using System.Globalization;

namespace Scouthook.Registrations.Connecting;

/// <summary>Reads the rate limit headers of a response.</summary>
/// <remarks>See <c>https://developer.helpscout.com/mailbox-api/overview/rate-limiting</c>.</remarks>
internal static class RateLimit
{
    private const string RetryAfterHeader = "X-RateLimit-Retry-After";

    /// <returns>How long to wait; <see langword="null"/> if the response does not say.</returns>
    public static TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.TryGetValues(RetryAfterHeader, out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : response.Headers.RetryAfter?.Delta;
}
