using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Scouthook.Inbox.Storage;

/// <summary>Writes a position in a list as a cursor.</summary>
internal static class PositionCursor
{
    private const string Mark = "s";

    public static string Write(long position) => Base64Url.EncodeToString(
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Mark}{position}")));

    /// <returns>The position; <see langword="null"/> without a cursor.</returns>
    /// <exception cref="InvalidCursorException">The text is not a cursor.</exception>
    public static long? Read(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        // Decoding throws for text that is not base64, even in methods whose name begins with Try.
        Span<byte> bytes = stackalloc byte[32];
        return Base64Url.IsValid(cursor)
            && Base64Url.TryDecodeFromChars(cursor, bytes, out var length)
            && length > Mark.Length
            && bytes[0] == Mark[0]
            && long.TryParse(bytes[1..length], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                ? position
                : throw new InvalidCursorException();
    }

    /// <summary>Makes a page of items that were read with one more than the limit.</summary>
    /// <param name="read">The items and their positions.</param>
    /// <param name="limit">The limit.</param>
    public static Model.Page<T> Page<T>(IReadOnlyList<(long Position, T Item)> read, int limit) => new(
        [.. read.Take(limit).Select(item => item.Item)],
        read.Count > limit ? Write(read[limit - 1].Position) : null);
}
