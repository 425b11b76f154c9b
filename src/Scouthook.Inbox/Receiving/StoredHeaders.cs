using System.Buffers;
using System.Text;
using System.Text.Json;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Receiving;

/// <summary>Writes the headers that are stored with an event: a JSON array of pairs, without credentials.</summary>
internal static class StoredHeaders
{
    private const int MaxBytes = 8 * 1024;
    private const int Punctuation = 8;

    private static readonly string[] Left = ["Authorization", "Proxy-Authorization", "Cookie"];

    /// <param name="headers">The headers as received.</param>
    /// <param name="traceParent">The span of the request, which replaces that of the sender.</param>
    public static string Write(IReadOnlyList<KeyValuePair<string, string>> headers, string? traceParent = null)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            if (traceParent is not null)
            {
                WritePair(writer, EventTrace.Header, traceParent);
            }

            foreach (var (name, value) in headers)
            {
                // Counted as the longest escaped form, so that the whole never exceeds the limit.
                var longest = (name.Length + value.Length) * 6 + Punctuation;
                var exact = writer.BytesCommitted + writer.BytesPending + longest > MaxBytes
                    ? writer.BytesCommitted + writer.BytesPending + Escaped(name) + Escaped(value) + Punctuation
                    : 0;
                if (Left.Contains(name, StringComparer.OrdinalIgnoreCase) || exact > MaxBytes
                    || (traceParent is not null && name.Equals(EventTrace.Header, StringComparison.OrdinalIgnoreCase)))
                {
                    continue;
                }

                WritePair(writer, name, value);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WritePair(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(name);
        writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static int Escaped(string text) => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length;
}
