using System.Text.Json;

namespace Scouthook.Json;

/// <summary>Reads instants as Help Scout writes them, identically for the scan and for typed payloads.</summary>
/// <remarks>
/// A time without a zone is UTC (the documented rating example is one). The framework would read it in the zone of the
/// machine, so that the same body would mean different instants on different servers. Also accepted: a blank instead of
/// <c>T</c>, zones such as <c>+0200</c> and <c>UTC</c>, and seconds or milliseconds since 1970, as a number or as text.
/// </remarks>
internal static class HelpScoutInstant
{
    private const int MaxLength = 64;
    private const int DateLength = 10;

    /// <summary>The smallest number read as seconds: a smaller one is more likely something else.</summary>
    private const long MinSeconds = 100_000_000;

    /// <summary>The smallest number read as milliseconds.</summary>
    private const long MinMilliseconds = 100_000_000_000;

    private const long MaxMilliseconds = 100_000_000_000_000;

    /// <summary>Reads the value as an instant.</summary>
    /// <returns>
    /// Whether it is one; <see cref="IsEmpty"/> distinguishes an absent time from a value of another kind.
    /// </returns>
    public static bool TryRead(scoped ref Utf8JsonReader reader, out DateTimeOffset instant)
    {
        instant = default;
        if (reader.TokenType is not JsonTokenType.String)
        {
            return HelpScoutNumber.TryRead(ref reader, out var number) && TryReadUnix(number, out instant);
        }

        // The documented form, which nearly all values have.
        if (!reader.ValueIsEscaped && !reader.HasValueSequence && reader.ValueSpan.EndsWith("Z"u8)
            && reader.ValueSpan.Length <= MaxLength && reader.TryGetDateTimeOffset(out instant))
        {
            return true;
        }

        Span<byte> text = stackalloc byte[MaxLength];
        if (!TryDecode(ref reader, text, out var length))
        {
            return false;
        }

        return HelpScoutNumber.TryRead(ref reader, out var digits)
            ? TryReadUnix(digits, out instant)
            : TryReadText(text[..length], out instant);
    }

    /// <summary>Returns whether the value is one that PHP writes for no time: an empty text, zeroes, or 0.</summary>
    public static bool IsEmpty(scoped ref Utf8JsonReader reader)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return (HelpScoutNumber.TryRead(ref reader, out var number) && number == 0)
            || (reader.TokenType is JsonTokenType.String
                && TryDecode(ref reader, text, out var length)
                && (length == 0 || text[..length].StartsWith("0000-00-00"u8)));
    }

    private static bool TryDecode(scoped ref Utf8JsonReader reader, scoped Span<byte> text, out int length) =>
        JsonText.Of(ref reader).TryDecodeAscii(text, out length);

    private static bool TryReadUnix(long number, out DateTimeOffset instant)
    {
        instant = number switch
        {
            >= MinMilliseconds and < MaxMilliseconds => DateTimeOffset.FromUnixTimeMilliseconds(number),
            >= MinSeconds and < MinMilliseconds => DateTimeOffset.FromUnixTimeSeconds(number),
            _ => default,
        };
        return instant != default;
    }

    /// <summary>Converts the text to the form that the framework reads, always with a zone.</summary>
    private static bool TryReadText(ReadOnlySpan<byte> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length < DateLength)
        {
            return false;
        }

        var time = text[DateLength..];
        var zone = ZoneOf(ref time);
        if (time.Length > 0 && time[0] is not ((byte)'T' or (byte)'t' or (byte)' '))
        {
            return false;
        }

        // Quoted, with the zone in its longest form, and with midnight where there is only a date.
        Span<byte> quoted = stackalloc byte[MaxLength + 24];
        var writer = new SpanText(quoted);
        writer.Add("\""u8);
        writer.Add(text[..DateLength]);
        writer.Add("T"u8);
        writer.Add(time.Length > 1 ? time[1..] : "00:00:00"u8);
        if (zone.IsEmpty || zone[0] is (byte)'Z')
        {
            writer.Add("Z"u8);
        }
        else
        {
            writer.Add(zone[..3]);
            writer.Add(":"u8);
            writer.Add(zone.Length > 3 ? zone[^2..] : "00"u8);
        }

        writer.Add("\""u8);
        return writer.IsJsonText && TryParse(writer.Text, out instant);
    }

    private static bool TryParse(ReadOnlySpan<byte> quoted, out DateTimeOffset instant)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.TryGetDateTimeOffset(out instant);
    }

    /// <summary>
    /// Removes the zone from a time; empty if there is none, <c>Z</c>, or a sign and two or four digits.
    /// </summary>
    private static ReadOnlySpan<byte> ZoneOf(ref ReadOnlySpan<byte> time)
    {
        var whole = time;
        if (whole.EndsWith("UTC"u8) || whole.EndsWith("GMT"u8))
        {
            time = whole[..^3].TrimEnd((byte)' ');
            return "Z"u8;
        }

        if (whole.EndsWith("Z"u8) || whole.EndsWith("z"u8))
        {
            time = whole[..^1];
            return "Z"u8;
        }

        var sign = whole.IndexOfAny((byte)'+', (byte)'-');
        if (sign < 0)
        {
            return default;
        }

        var zone = whole[sign..];
        if (zone.Length is not (3 or 5) && !(zone.Length == 6 && zone[3] == (byte)':'))
        {
            return default;
        }

        time = whole[..sign].TrimEnd((byte)' ');
        return zone;
    }

    private ref struct SpanText(Span<byte> buffer)
    {
        private readonly Span<byte> _buffer = buffer;
        private int _length;

        public readonly ReadOnlySpan<byte> Text => _buffer[.._length];

        /// <summary>True if the quotes enclose a text without any character that ends or escapes it.</summary>
        public readonly bool IsJsonText => !Text[1..^1].ContainsAny((byte)'"', (byte)'\\') && !Text.ContainsAnyInRange((byte)0, (byte)31);

        public void Add(scoped ReadOnlySpan<byte> text)
        {
            text.CopyTo(_buffer[_length..]);
            _length += text.Length;
        }
    }
}
