using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Scouthook.Management.Services;

/// <summary>A position in a list as an opaque text: its content may change.</summary>
internal static class Cursor
{
    private const string Mark = "s";

    public static string Write(long sequence) => Base64Url.EncodeToString(
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Mark}{sequence}")));

    public static bool TryRead(string text, out long sequence)
    {
        sequence = 0;
        Span<byte> bytes = stackalloc byte[32];

        // Decoding throws for text that is not base64, even in methods whose name begins with Try.
        return Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, bytes, out var length)
            && length > Mark.Length
            && bytes[0] == Mark[0]
            && long.TryParse(
                bytes[1..length], NumberStyles.None, CultureInfo.InvariantCulture, out sequence);
    }
}
