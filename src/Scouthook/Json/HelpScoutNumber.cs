using System.Buffers.Text;
using System.Text.Json;

namespace Scouthook.Json;

/// <summary>
/// Reads whole numbers, written as a number or as text, identically for the scan and for typed payloads.
/// </summary>
internal static class HelpScoutNumber
{
    /// <summary>The length of the longest 64-bit number, with its sign.</summary>
    private const int MaxLength = 20;

    public static bool TryRead(scoped ref Utf8JsonReader reader, out long number)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetInt64(out number);
            case JsonTokenType.String:
                return TryRead(JsonText.Of(ref reader), out number);
            default:
                number = 0;
                return false;
        }
    }

    /// <summary>Reads digits with an optional minus sign; a fraction, an exponent and blanks are not accepted.</summary>
    public static bool TryRead(scoped JsonText text, out long number)
    {
        Span<byte> digits = stackalloc byte[MaxLength];
        number = 0;
        return text.TryDecodeAscii(digits, out var length)
            && length > 0
            && digits[0] != (byte)'+'
            && Utf8Parser.TryParse(digits[..length], out number, out var consumed)
            && consumed == length;
    }
}
