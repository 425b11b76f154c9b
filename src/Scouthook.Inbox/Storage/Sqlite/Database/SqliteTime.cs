namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Instants as the store keeps them: microseconds since 1970, UTC.</summary>
internal static class SqliteTime
{
    public static long From(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset To(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>What to note beside a stamp that is earlier than the age clock: it would make things old too early.</summary>
    /// <returns><see langword="null"/>: the stamp is right, as far as the age clock can tell.</returns>
    public static long? AgedFrom(DateTimeOffset stamp, DateTimeOffset? age) =>
        age is { } at && at - stamp > TimeSpan.FromMinutes(1) ? From(at) : null;

    public static DateTimeOffset? To(long? microseconds) => microseconds is { } value ? To(value) : null;
}
