using System.CommandLine;
using System.Globalization;
using Scouthook.Cli.CommandLine;
using Scouthook.Management.Api.Requests;
using Scouthook.Settings;

namespace Scouthook.Cli.Managing;

/// <summary>Reads a point in time: absolute, or relative to now.</summary>
internal static class TimeOption
{
    public const string PastForms = "2h (two hours ago), 2026-03-02T08:00:00Z, or a date (UTC)";
    public const string FutureForms = "48h (from now), 2026-03-02T08:00:00Z, or a date (UTC)";

    /// <summary>Reads a time that, if it is relative, lies before now.</summary>
    /// <returns>A timestamp for the API; <see langword="null"/> if the option was not given.</returns>
    /// <exception cref="UsageException">It is neither.</exception>
    public static string? ReadPast(ParseResult parseResult, Option<string?> option, DateTimeOffset now) =>
        Read(parseResult, option, now, -1, PastForms);

    /// <summary>Reads a time that, if it is relative, lies after now.</summary>
    /// <returns>A timestamp for the API; <see langword="null"/> if the option was not given.</returns>
    /// <exception cref="UsageException">It is neither.</exception>
    public static string? ReadFuture(ParseResult parseResult, Option<string?> option, DateTimeOffset now) =>
        Read(parseResult, option, now, 1, FutureForms);

    private static string? Read(ParseResult parseResult, Option<string?> option, DateTimeOffset now, int direction, string forms)
    {
        if (parseResult.GetValue(option)?.Trim() is not { } text)
        {
            return null;
        }

        if (QueryReader.TryReadInstant(text, out _))
        {
            return text;
        }

        var end = direction > 0 ? DateTimeOffset.MaxValue - now : now - DateTimeOffset.MinValue;
        return DurationText.TryRead(text, out var distance, out _) && distance < end
            ? (now + direction * distance).UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
            : throw new UsageException($"{option.Name} must be a time such as {forms}.");
    }
}
