using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Scouthook.Inbox.Receiving;

/// <summary>Writes the headers that are stored with an event: a JSON array of pairs, without credentials.</summary>
internal static class StoredHeaders
{
    private const int MaxBytes = 8 * 1024;
    private const int Punctuation = 8;

    private static readonly string[] Left = ["Authorization", "Proxy-Authorization", "Cookie"];

    public static string Write(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var (name, value) in headers)
            {
                // Counted as the longest escaped form, so that the whole never exceeds the limit.
                var longest = (name.Length + value.Length) * 6 + Punctuation;
                var exact = writer.BytesCommitted + writer.BytesPending + longest > MaxBytes
                    ? writer.BytesCommitted + writer.BytesPending + Escaped(name) + Escaped(value) + Punctuation
                    : 0;
                if (Left.Contains(name, StringComparer.OrdinalIgnoreCase) || exact > MaxBytes)
                {
                    continue;
                }

                writer.WriteStartArray();
                writer.WriteStringValue(name);
                writer.WriteStringValue(value);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static int Escaped(string text) => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length;
}
