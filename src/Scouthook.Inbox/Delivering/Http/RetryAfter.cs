using System.Globalization;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>
/// Reads <c>Retry-After</c>: seconds or an HTTP date. Anything else, and a date in the past, is ignored.
/// </summary>
/// <remarks>Source: RFC 9110, sections 5.6.7 and 10.2.3.</remarks>
internal static class RetryAfter
{
    /// <summary>The longest wait that an endpoint can ask for: the longest wait of the default schedule.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly string[] DateForms =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
    ];

    public static TimeSpan? Read(string? text, DateTimeOffset now)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            // More digits than a number can hold are still a number, and above the limit.
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && seconds < Longest.TotalSeconds
                    ? TimeSpan.FromSeconds(seconds)
                    : Longest;
        }

        if (!DateTimeOffset.TryParseExact(
            text,
            DateForms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite,
            out var instant) || instant < now)
        {
            return null;
        }

        var wait = instant - now;
        return wait < Longest ? wait : Longest;
    }
}
