namespace Scouthook.Inbox.Storage.Relational;

/// <summary>Instants in stored form: microseconds since 1970, UTC.</summary>
internal static class StoredTime
{
    public static long From(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset To(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>
    /// Returns the age to store with a timestamp earlier than the age clock, which would make the row old too early.
    /// </summary>
    /// <returns><see langword="null"/> if the timestamp is right, as far as the age clock shows.</returns>
    public static long? AgedFrom(DateTimeOffset stamp, DateTimeOffset? age) =>
        age is { } at && at - stamp > TimeSpan.FromMinutes(1) ? From(at) : null;

    public static long? From(DateTimeOffset? instant) => instant is { } value ? From(value) : null;

    public static long? Microseconds(TimeSpan? time) => time is { } value ? (long)value.TotalMicroseconds : null;

    public static DateTimeOffset? To(long? microseconds) => microseconds is { } value ? To(value) : null;
}
