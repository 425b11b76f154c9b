namespace Scouthook.Inbox.Rules;

/// <summary>The length of the buckets in which activity is counted.</summary>
/// <remarks>
/// Every count is written in all resolutions, and each is kept little longer than the windows that it is read for. So
/// any window is read from at most a few hundred buckets, and what is stored does not grow with time.
/// </remarks>
/// <param name="Width">The length of a bucket; a multiple of the length of the finer ones. Buckets begin at whole multiples since 1970, UTC.</param>
/// <param name="LongestWindow">The longest window that is read in this resolution.</param>
/// <param name="KeptFor">How long a bucket is kept after its beginning.</param>
internal sealed record StatisticsResolution(TimeSpan Width, TimeSpan LongestWindow, TimeSpan KeptFor)
{
    /// <summary>All resolutions, finest first.</summary>
    public static IReadOnlyList<StatisticsResolution> All { get; } =
    [
        new(TimeSpan.FromMinutes(1), TimeSpan.FromHours(2), TimeSpan.FromHours(3)),
        new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24), TimeSpan.FromDays(2)),
        new(TimeSpan.FromHours(1), TimeSpan.FromDays(8), TimeSpan.FromDays(9)),
        new(TimeSpan.FromHours(6), TimeSpan.FromDays(32), TimeSpan.FromDays(34)),
        new(TimeSpan.FromDays(1), TimeSpan.FromDays(366), TimeSpan.FromDays(370)),
    ];

    /// <summary>The length of a bucket in minutes, which identifies the resolution in a store.</summary>
    public long Minutes => (long)Width.TotalMinutes;

    /// <summary>Returns the finest resolution for a window; the coarsest for one longer than all.</summary>
    public static StatisticsResolution Of(TimeSpan window) =>
        All.FirstOrDefault(resolution => window <= resolution.LongestWindow) ?? All[^1];

    /// <summary>Returns the beginning of the bucket that contains an instant.</summary>
    public DateTimeOffset BucketOf(DateTimeOffset instant)
    {
        var since = instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var into = ((since % Width.Ticks) + Width.Ticks) % Width.Ticks;
        return DateTimeOffset.UnixEpoch.AddTicks(since - into);
    }

    /// <summary>Returns the instant from which the age of a bucket counts.</summary>
    /// <remarks>
    /// Buckets are named by the wall clock. While the age clock is ahead of it, nothing of today is old.
    /// </remarks>
    public static DateTimeOffset Present(DateTimeOffset age, DateTimeOffset now) => age < now ? age : now;
}
