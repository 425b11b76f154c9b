using System.Globalization;

namespace Scouthook.Settings;

/// <summary>The bounds of values, whether they come from the configuration or from code.</summary>
internal static class SettingsRules
{
    /// <summary>Far beyond any use, and within the range that instants can be moved by.</summary>
    public static readonly TimeSpan TenYears = TimeSpan.FromDays(3_650);

    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static string? DurationProblem(TimeSpan duration, TimeSpan longest) =>
        duration <= TimeSpan.Zero ? "must be greater than 0."
        : duration > longest ? $"must be at most {longest:c}."
        : null;

    public static string? NumberProblem(long number, long least, long most) =>
        number < least || number > most ? NumberRule(least, most) : null;

    public static string NumberRule(long least, long most) =>
        string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}.");
}
