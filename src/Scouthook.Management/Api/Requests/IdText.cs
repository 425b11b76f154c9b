using System.Globalization;

namespace Scouthook.Management.Api.Requests;

/// <summary>Reads the id in a path: in full, or its ending.</summary>
internal static class IdText
{
    public const string Rule = "An id must be complete, or at least its last eight hexadecimal digits.";

    public const int MinEnding = 8;

    private const int Whole = 32;

    /// <summary>Reads a full id, with or without hyphens.</summary>
    public static bool TryReadWhole(string text, out Guid id) =>
        Guid.TryParseExact(text, "D", out id) || Guid.TryParseExact(text, "N", out id);

    /// <summary>Reads the ending of an id, ignoring hyphens.</summary>
    /// <returns>The digits in lower case, or <see langword="null"/> if the text is not an ending.</returns>
    public static string? ReadEnding(string text)
    {
        const int longest = Whole + 4;
        if (text.Length > longest)
        {
            return null;
        }

        var digits = text.Replace("-", "", StringComparison.Ordinal).ToLower(CultureInfo.InvariantCulture);
        return digits.Length is >= MinEnding and < Whole && digits.All(char.IsAsciiHexDigitLower) ? digits : null;
    }
}
