using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>Reads ids that a person gave, so that a slip is told as one and not as something that is not there.</summary>
internal static class Ids
{
    private const int MinEnding = 8;

    private const int WholeDigits = 32;

    /// <summary>Reads an id, or an ending of one that the gateway completes.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static string Read(string text, string of)
    {
        if (Guid.TryParseExact(text.Trim(), "D", out var id))
        {
            return id.ToString();
        }

        var digits = text.Trim().Replace("-", "", StringComparison.Ordinal);
        return digits.Length is >= MinEnding and < WholeDigits && digits.All(char.IsAsciiHexDigit)
            ? digits
            : throw new UsageException(
                $"{text} is not the id of {of}, such as 01990f6e-0000-7000-8000-000000000000, nor an ending of at least "
                + $"{MinEnding} digits.");
    }

    /// <summary>Reads an id that must be whole.</summary>
    /// <exception cref="UsageException">It is not.</exception>
    public static string ReadWhole(string text, string of) => Guid.TryParseExact(text.Trim(), "D", out var id)
        ? id.ToString()
        : throw new UsageException($"{text} is not the id of {of}, such as 01990f6e-0000-7000-8000-000000000000. The lists show them whole.");
}
