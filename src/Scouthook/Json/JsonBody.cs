namespace Scouthook.Json;

/// <summary>The JSON inside a body.</summary>
internal static class JsonBody
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Skips a byte order mark, which is not part of the JSON.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) =>
        body.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;

    /// <summary>Returns whether a text contains a lone surrogate, written as an escape.</summary>
    /// <remarks>
    /// JSON allows it and .NET text does not, so reading such a text throws. An escaped backslash before <c>ud83d</c>
    /// also counts; this costs time only.
    /// </remarks>
    public static bool HasHalfAPair(ReadOnlySpan<byte> json)
    {
        while (json.IndexOf("\\u"u8) is >= 0 and var at)
        {
            json = json[(at + 2)..];
            if (IsLowHalf(json))
            {
                return true;
            }

            if (!IsHighHalf(json))
            {
                continue;
            }

            if (json.Length < 6 || json[4] != (byte)'\\' || json[5] != (byte)'u' || !IsLowHalf(json[6..]))
            {
                return true;
            }

            json = json[10..];
        }

        return false;
    }

    private static bool IsHighHalf(ReadOnlySpan<byte> digits) =>
        digits.Length >= 4 && digits[0] is (byte)'d' or (byte)'D' && "89abAB"u8.Contains(digits[1]);

    private static bool IsLowHalf(ReadOnlySpan<byte> digits) =>
        digits.Length >= 4 && digits[0] is (byte)'d' or (byte)'D' && "cdefCDEF"u8.Contains(digits[1]);
}
