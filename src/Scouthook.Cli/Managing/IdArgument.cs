using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>Reads ids from the command line, so that a typo is reported as one and not as "not found".</summary>
internal static class IdArgument
{
    private const int MinEnding = 8;

    private const int WholeDigits = 32;

    /// <summary>Reads an id, or its last digits, which the gateway completes.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static string Read(string text, string of)
    {
        if (Guid.TryParseExact(text.Trim(), "D", out var id))
        {
            return id.ToString();
        }

        // A misspelt option is read as the id.
        if (text.StartsWith("--", StringComparison.Ordinal))
        {
            throw new UsageException($"Unrecognized option '{text}'.");
        }

        var digits = text.Trim().Replace("-", "", StringComparison.Ordinal);
        return digits.Length is >= MinEnding and < WholeDigits && digits.All(char.IsAsciiHexDigit)
            ? digits
            : throw new UsageException(
                $"{text} is not the id of {of}. Pass an id such as 01990f6e-0000-7000-8000-000000000000, or at least its last "
                + $"{MinEnding} digits.");
    }

    /// <summary>Reads an id that must be complete.</summary>
    /// <exception cref="UsageException">It is not.</exception>
    public static string ReadWhole(string text, string of) => Guid.TryParseExact(text.Trim(), "D", out var id)
        ? id.ToString()
        : throw new UsageException($"{text} is not the id of {of}. Pass the full id, such as 01990f6e-0000-7000-8000-000000000000.");
}
