using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Scouthook.Json;

namespace Scouthook.Payloads;

/// <summary>Reads a payload: as documented if possible, otherwise after converting values of another kind.</summary>
/// <remarks>
/// Nearly all bodies are as documented, and the strict parse costs nothing extra. Only if it fails is the body written
/// again with each value in the expected kind (<see cref="PayloadRepair"/>). One policy therefore applies to all
/// payload types, including those added later.
/// </remarks>
internal static class PayloadReader
{
    /// <summary>Deeper than any body that the scan accepts: a list of one adds a level.</summary>
    private const int MaxDepth = 128;

    /// <param name="json">The metadata of the payload type.</param>
    /// <param name="body">JSON that the scan has read.</param>
    /// <param name="unread">The members that could not be read, as JSON pointers.</param>
    /// <exception cref="JsonException">The body is not an object.</exception>
    public static HelpScoutPayload Read(JsonTypeInfo json, ReadOnlySpan<byte> body, out IReadOnlyList<string> unread)
    {
        unread = [];
        if (!JsonBody.HasHalfAPair(body))
        {
            try
            {
                if (JsonSerializer.Deserialize(body, json) is HelpScoutPayload payload)
                {
                    return payload;
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                // Converted below.
            }
        }

        var repaired = new ArrayBufferWriter<byte>(body.Length + 256);
        using (var writer = new Utf8JsonWriter(repaired, new JsonWriterOptions { SkipValidation = true }))
        {
            var repair = new PayloadRepair(body, writer);
            unread = repair.Run(ValueShape.Of(json));
        }

        var reader = new Utf8JsonReader(repaired.WrittenSpan, new JsonReaderOptions { MaxDepth = MaxDepth });
        return JsonSerializer.Deserialize(ref reader, json) as HelpScoutPayload ?? throw new JsonException();
    }
}
