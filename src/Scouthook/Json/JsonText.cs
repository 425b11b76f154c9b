using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Scouthook.Json;

/// <summary>A text inside a JSON body in its escaped form; decoded only on demand.</summary>
internal readonly ref struct JsonText(ReadOnlySpan<byte> raw, bool escaped)
{
    private readonly ReadOnlySpan<byte> _raw = raw;
    private readonly bool _escaped = escaped;

    public bool IsEmpty => _raw.IsEmpty;

    /// <summary>Returns the text at the reader; for a number, <c>true</c> and <c>false</c> the literal.</summary>
    public static JsonText Of(scoped ref Utf8JsonReader reader) =>
        new(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan, reader.ValueIsEscaped);

    /// <summary>Returns whether the text equals the given ASCII text; case-sensitive.</summary>
    public bool Is(string ascii)
    {
        if (!_escaped)
        {
            return Ascii.Equals(_raw, ascii);
        }

        Span<byte> text = stackalloc byte[64];
        return TryDecodeAscii(text, out var length) && Ascii.Equals(text[..length], ascii);
    }

    /// <summary>Returns whether the text starts with the given ASCII text, unescaping slashes.</summary>
    public bool StartsWith(string ascii)
    {
        // Most texts are ruled out by their first letter.
        if (_raw.Length < ascii.Length || _raw[0] != ascii[0])
        {
            return false;
        }

        Span<char> start = stackalloc char[64];
        var length = Decode(start[..ascii.Length]);
        return start[..length].SequenceEqual(ascii);
    }

    /// <summary>
    /// Returns the first characters as one line of text, or <see langword="null"/> if nothing remains.
    /// </summary>
    /// <remarks>
    /// Bounded whatever the body contains, and never throws: a lone surrogate, which JSON allows and text does
    /// not, becomes U+FFFD; a pair is not cut in two; control characters become blanks.
    /// </remarks>
    public string? Excerpt(int maxLength)
    {
        if (_raw.IsEmpty)
        {
            return null;
        }

        var buffer = ArrayPool<char>.Shared.Rent(maxLength);
        try
        {
            var text = buffer.AsSpan(0, Decode(buffer.AsSpan(0, maxLength)));
            foreach (ref var character in text)
            {
                character = char.IsControl(character) ? ' ' : character;
            }

            text = text.Trim();
            return text.IsEmpty ? null : text.ToString();
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    /// <summary>Decodes the whole text. Half a surrogate pair becomes U+FFFD.</summary>
    public string Decode()
    {
        var characters = new char[_raw.Length];
        return new string(characters, 0, Decode(characters));
    }

    /// <summary>Decodes the whole text if it is ASCII and fits, as all relevant member names do.</summary>
    public bool TryDecodeAscii(scoped Span<byte> destination, out int length)
    {
        Span<char> characters = stackalloc char[destination.Length + 1];
        length = Decode(characters);
        return length <= destination.Length
            && Ascii.FromUtf16(characters[..length], destination, out _) == OperationStatus.Done;
    }

    private int Decode(Span<char> destination)
    {
        var rest = _raw;
        var length = 0;
        while (!rest.IsEmpty)
        {
            var rune = _escaped && rest[0] == (byte)'\\' ? NextEscaped(ref rest) : Next(ref rest);
            if (!rune.TryEncodeToUtf16(destination[length..], out var written))
            {
                break;
            }

            length += written;
        }

        return length;
    }

    private static Rune Next(ref ReadOnlySpan<byte> rest)
    {
        Rune.DecodeFromUtf8(rest, out var rune, out var consumed);
        rest = rest[consumed..];
        return rune;
    }

    // The reader has checked the grammar: a backslash is followed by a known letter, or by u and four digits.
    private static Rune NextEscaped(ref ReadOnlySpan<byte> rest)
    {
        if (rest[1] != (byte)'u')
        {
            var letter = rest[1];
            rest = rest[2..];
            return new Rune(letter switch
            {
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                _ => (char)letter,
            });
        }

        var first = CodeUnit(rest);
        rest = rest[6..];
        if (Rune.TryCreate(first, out var rune))
        {
            return rune;
        }

        if (rest.Length >= 6 && rest[0] == (byte)'\\' && rest[1] == (byte)'u'
            && Rune.TryCreate(first, CodeUnit(rest), out rune))
        {
            rest = rest[6..];
            return rune;
        }

        return Rune.ReplacementChar;
    }

    private static char CodeUnit(ReadOnlySpan<byte> escape)
    {
        var value = 0;
        foreach (var digit in escape.Slice(2, 4))
        {
            value = (value << 4) | ((digit & 0xF) + (digit >= (byte)'A' ? 9 : 0));
        }

        return (char)value;
    }
}
