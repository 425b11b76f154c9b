namespace Scouthook.Testing;

/// <summary>Checks the options of an emulator, and reports every mistake at once.</summary>
internal static class EmulatorOptionsRules
{
    /// <summary>The longest duration; adding it to the current time cannot overflow.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    public static void Check(HelpScoutEmulatorOptions options)
    {
        var mistakes = new List<string>();
        void Require(bool condition, string mistake)
        {
            if (!condition)
            {
                mistakes.Add(mistake);
            }
        }

        Require(options.TimeProvider is not null, "TimeProvider is null.");
        Require(!string.IsNullOrEmpty(options.ClientId), "ClientId is empty.");
        Require(!string.IsNullOrEmpty(options.ClientSecret), "ClientSecret is empty.");
        Require(!string.IsNullOrEmpty(options.AuthorizationCode), "AuthorizationCode is empty.");
        Require(IsAddressList(options.Urls), "Urls must be http addresses separated by semicolons, such as http://127.0.0.1:0.");
        Require(
            options.TokenLifetime > TimeSpan.Zero && options.TokenLifetime <= Longest, "TokenLifetime must be positive, and at most ten years.");
        Require(options.RequestsPerMinute is null or > 0, "RequestsPerMinute must be positive, or null for no limit.");
        Require(options.MaxRequestBytes > 0, "MaxRequestBytes must be positive.");
        Require(!string.IsNullOrEmpty(options.PayloadVersion), "PayloadVersion is empty.");
        Require(
            options.ResponseTimeout > TimeSpan.Zero && options.ResponseTimeout <= LongestTimeout,
            "ResponseTimeout must be positive, and at most a day.");
        Require(options.MaxAttempts > 0, "MaxAttempts must be positive.");
        Require(
            options.RetrySchedule is { Count: > 0 } schedule && schedule.All(delay => delay >= TimeSpan.Zero && delay <= Longest),
            "RetrySchedule must have at least one delay, and none that is negative or longer than ten years.");
        Require(options.DiscardsBeforeDisabling > 0, "DiscardsBeforeDisabling must be positive.");
        Require(options.ConcurrentRequests > 0, "ConcurrentRequests must be positive.");
        Require(options.NotificationBody is not null, "NotificationBody is null.");
        Require(options.EmbeddedThreads >= 0, "EmbeddedThreads must not be negative.");
        Require(options.MaxBodyBytes is null or > 0, "MaxBodyBytes must be positive, or null for no limit.");
        Require(options.DeliveryLogLength >= 0, "DeliveryLogLength must not be negative.");
        Require(options.EventsPerSecond is null or > 0, "EventsPerSecond must be positive, or null for none.");
        if (mistakes.Count > 0)
        {
            throw new ArgumentException($"The options of the emulator are not valid. {string.Join(' ', mistakes)}");
        }
    }

    private static bool IsAddressList(string? urls) =>
        urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } list
        && list.All(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
}
