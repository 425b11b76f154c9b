using System.Globalization;

namespace Scouthook.Settings;

/// <summary>
/// Reads durations in readable form: <c>15s</c>, <c>5m</c>, <c>48h</c>, <c>30d</c> or <c>d.hh:mm:ss</c>.
/// </summary>
/// <remarks>
/// The framework reads <c>24:00:00</c> as 24 days, because hours end at 23. The author means a day, so it is an error
/// here with the correct form in its message.
/// </remarks>
internal static class DurationText
{
    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration, never negative.</param>
    /// <param name="problem">The problem with the text and the correct form.</param>
    /// <returns>Whether the text is a duration.</returns>
    public static bool TryRead(string text, out TimeSpan duration, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);

        var trimmed = text.Trim();
        problem = "must be a duration such as 15s, 5m, 48h, 30d or 1.12:30:00.";
        if (trimmed.Contains(':'))
        {
            return TryReadClock(trimmed, out duration, ref problem);
        }

        duration = default;
        if (trimmed.Length < 2
            || !long.TryParse(trimmed.AsSpan(0, trimmed.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || SecondsPer(trimmed[^1]) is not { } seconds
            || number > TimeSpan.MaxValue.TotalSeconds / seconds - 1)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(number * seconds);
        return true;
    }

    private static bool TryReadClock(string text, out TimeSpan duration, ref string problem)
    {
        var hours = text.AsSpan(0, text.IndexOf(':'));
        if (int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 23)
        {
            duration = default;
            problem = string.Create(
                CultureInfo.InvariantCulture,
                $"is ambiguous: hours end at 23, so .NET would read {value} days. Write {value}h, or {value / 24}.{value % 24:00}:00:00.");
            return false;
        }

        return TimeSpan.TryParseExact(
            text, [@"hh\:mm\:ss", @"hh\:mm", @"d\.hh\:mm\:ss", @"h\:mm\:ss"], CultureInfo.InvariantCulture, out duration);
    }

    private static long? SecondsPer(char unit) => unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => null,
    };
}
