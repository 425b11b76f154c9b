using System.Text;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>Encodes any text as a header value of bounded length.</summary>
/// <remarks>
/// Event names come from outside; those not in the catalogue may contain anything, including line breaks.
/// <c>HttpClient</c> refuses to send non-ASCII text although Kestrel accepts it, and a name must never become a second
/// header.
/// </remarks>
internal static class HeaderText
{
    public const int MaxLength = 100;

    private const string Unreserved = "-._~";

    /// <summary>
    /// Returns the text itself if it is printable ASCII without leading or trailing blanks, else the percent-encoded
    /// form of its UTF-8 bytes, truncated between characters.
    /// </summary>
    public static string Encode(string text)
    {
        if (IsPlain(text))
        {
            return text.Length <= MaxLength ? text : text[..MaxLength].TrimEnd(' ');
        }

        var encoded = new StringBuilder(MaxLength);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var isUnreserved = rune.IsAscii
                && (char.IsAsciiLetterOrDigit((char)rune.Value) || Unreserved.Contains((char)rune.Value));
            var count = rune.EncodeToUtf8(bytes);
            if (encoded.Length + (isUnreserved ? 1 : 3 * count) > MaxLength)
            {
                break;
            }

            if (isUnreserved)
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var part in bytes[..count])
            {
                encoded.Append('%').Append(Convert.ToHexString([part]));
            }
        }

        return encoded.ToString();
    }

    private static bool IsPlain(string text) =>
        !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.StartsWith(' ') && !text.EndsWith(' ');
}
