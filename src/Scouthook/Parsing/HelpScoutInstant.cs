using System.Buffers;
using System.Text.Json;

namespace Scouthook.Parsing;

/// <summary>Reads instants as Help Scout writes them, the same way for the scan and for typed payloads.</summary>
/// <remarks>
/// A time without a zone is UTC (the documented rating example is one). The framework would read it in the zone of the
/// machine, so that the same body would mean different instants on different servers.
/// </remarks>
internal static class HelpScoutInstant
{
    private const int MaxLength = 64;

    private static readonly SearchValues<byte> Characters = SearchValues.Create("0123456789-:.+TtZz"u8);

    public static bool TryRead(ref Utf8JsonReader reader, out DateTimeOffset instant)
    {
        instant = default;
        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        return reader.ValueIsEscaped || reader.HasValueSequence
            ? TryReadCopy(ref reader, out instant)
            : TryReadPlain(ref reader, out instant);
    }

    /// <summary>Reads a text that does not lie in one piece, or whose characters are written as escapes.</summary>
    private static bool TryReadCopy(ref Utf8JsonReader reader, out DateTimeOffset instant)
    {
        const int maxEscapedLength = MaxLength * 6;
        instant = default;
        if (reader.HasValueSequence && reader.ValueSequence.Length > maxEscapedLength)
        {
            return false;
        }

        ReadOnlySpan<byte> raw = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        Span<byte> quoted = stackalloc byte[MaxLength + 2];
        if (!new JsonText(raw, reader.ValueIsEscaped).TryDecodeAscii(quoted.Slice(1, MaxLength), out var length)
            || quoted.Slice(1, length).ContainsAnyExcept(Characters))
        {
            return false;
        }

        quoted[0] = quoted[length + 1] = (byte)'"';
        var copy = new Utf8JsonReader(quoted[..(length + 2)]);
        copy.Read();
        return TryReadPlain(ref copy, out instant);
    }

    private static bool TryReadPlain(ref Utf8JsonReader reader, out DateTimeOffset instant)
    {
        instant = default;
        if (reader.ValueSpan.Length is 0 or > MaxLength)
        {
            return false;
        }

        if (HasZone(reader.ValueSpan))
        {
            return reader.TryGetDateTimeOffset(out instant);
        }

        if (!reader.TryGetDateTime(out var local))
        {
            return false;
        }

        instant = new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Utc));
        return true;
    }

    /// <summary>Whether the text ends with <c>Z</c> or <c>±hh:mm</c>. The sign stands after the date's own hyphens.</summary>
    private static bool HasZone(ReadOnlySpan<byte> text)
    {
        const int dateLength = 10;
        return text[^1] is (byte)'Z' or (byte)'z'
            || (text.Length > dateLength && text[dateLength..].IndexOfAny((byte)'+', (byte)'-') >= 0);
    }
}
