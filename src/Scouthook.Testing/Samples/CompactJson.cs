using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Scouthook.Testing.Samples;

/// <summary>Writes JSON without whitespace, and with all or only the necessary escapes.</summary>
internal static class CompactJson
{
    private const int MaxUtf8Length = 4;

    /// <summary>Writes a JSON text compactly. Members keep their order, numbers their spelling.</summary>
    /// <param name="json">JSON in UTF-8, in any style.</param>
    /// <param name="escape">
    /// Escapes slashes and characters beyond ASCII, as PHP does by default; otherwise only what JSON requires.
    /// </param>
    /// <exception cref="JsonException">The text is not JSON, or has half of a surrogate pair.</exception>
    public static byte[] Rewrite(ReadOnlySpan<byte> json, bool escape)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 64);
        var reader = new Utf8JsonReader(json);
        var separate = false;
        while (reader.Read())
        {
            var token = reader.TokenType;
            if (separate && token is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
            {
                output.Write(","u8);
            }

            WriteToken(ref reader, output, escape);
            separate = token is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteToken(ref Utf8JsonReader reader, ArrayBufferWriter<byte> output, bool escape)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                output.Write("{"u8);
                break;
            case JsonTokenType.EndObject:
                output.Write("}"u8);
                break;
            case JsonTokenType.StartArray:
                output.Write("["u8);
                break;
            case JsonTokenType.EndArray:
                output.Write("]"u8);
                break;
            case JsonTokenType.PropertyName:
                WriteText(Text(ref reader), output, escape);
                output.Write(":"u8);
                break;
            case JsonTokenType.String:
                WriteText(Text(ref reader), output, escape);
                break;
            default:
                output.Write(reader.ValueSpan);
                break;
        }
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are not UTF-8. The framework's message is not included: it may
            // quote the text.
            throw new JsonException("The JSON has text that is not valid Unicode.");
        }
    }

    private static void WriteText(string text, ArrayBufferWriter<byte> output, bool escape)
    {
        output.Write("\""u8);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"':
                    output.Write("\\\""u8);
                    break;
                case '\\':
                    output.Write(@"\\"u8);
                    break;
                case '/' when escape:
                    output.Write(@"\/"u8);
                    break;
                case '\b':
                    output.Write(@"\b"u8);
                    break;
                case '\f':
                    output.Write(@"\f"u8);
                    break;
                case '\n':
                    output.Write(@"\n"u8);
                    break;
                case '\r':
                    output.Write(@"\r"u8);
                    break;
                case '\t':
                    output.Write(@"\t"u8);
                    break;
                case < ' ':
                case > '\x7f' when escape:
                    WriteEscaped(rune, output);
                    break;
                default:
                    output.Advance(rune.EncodeToUtf8(output.GetSpan(MaxUtf8Length)));
                    break;
            }
        }

        output.Write("\""u8);
    }

    private static void WriteEscaped(Rune rune, ArrayBufferWriter<byte> output)
    {
        Span<char> units = stackalloc char[2];
        foreach (var unit in units[..rune.EncodeToUtf16(units)])
        {
            output.Write(Encoding.ASCII.GetBytes($@"\u{(int)unit:x4}"));
        }
    }
}
