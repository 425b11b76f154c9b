namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Instants as the store keeps them: microseconds since 1970, UTC.</summary>
internal static class SqliteTime
{
    public static long From(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset To(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset? To(long? microseconds) => microseconds is { } value ? To(value) : null;
}
