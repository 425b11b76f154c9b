namespace Scouthook.Testing.Emulating.Http;

/// <summary>Counts the requests of a minute, which begins with the first request after the previous minute.</summary>
internal sealed class RateLimit(int? perMinute, TimeProvider timeProvider)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _endsAt = DateTimeOffset.MinValue;
    private int _used;

    public int? Limit => perMinute;

    /// <summary>Counts a request.</summary>
    /// <param name="cost">2 for writes, 1 for the rest.</param>
    /// <param name="remaining">What is left of the minute.</param>
    /// <param name="retryAfter">The time until the next minute.</param>
    /// <returns>True, or false if the limit is exceeded; then the request does not count.</returns>
    public bool TryTake(int cost, out int remaining, out TimeSpan retryAfter)
    {
        lock (_lock)
        {
            var now = timeProvider.GetUtcNow();
            // Also if the clock was set back: otherwise the minute would last until it is there again.
            if (now >= _endsAt || _endsAt - now > Window)
            {
                _endsAt = now + Window;
                _used = 0;
            }

            var limit = perMinute ?? int.MaxValue;
            var allowed = cost <= limit - _used;
            _used += allowed ? cost : 0;
            remaining = limit - _used;
            retryAfter = _endsAt - now;
            return allowed;
        }
    }
}
