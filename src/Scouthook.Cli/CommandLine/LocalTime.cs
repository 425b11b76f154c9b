using System.Globalization;

namespace Scouthook.Cli.CommandLine;

/// <summary>The local times that live output starts its lines with.</summary>
internal static class LocalTime
{
    /// <summary>The width of a time and the blanks after it.</summary>
    public const int Column = 10;

    public static string Of(DateTimeOffset at, TimeProvider timeProvider) =>
        TimeZoneInfo.ConvertTime(at, timeProvider.LocalTimeZone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Now(TimeProvider timeProvider) => Of(timeProvider.GetUtcNow(), timeProvider);

    /// <summary>Names the zone, to be shown once.</summary>
    public static string Note(TimeProvider timeProvider) =>
        $"Times are local (UTC{timeProvider.GetLocalNow().ToString("zzz", CultureInfo.InvariantCulture)}).";
}
