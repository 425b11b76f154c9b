using System.Text.Json;
using System.Text.Json.Serialization;
using Scouthook.Parsing;

namespace Scouthook.Payloads.Json;

/// <summary>Reads Help Scout's times: with <c>Z</c>, with an offset, with microseconds, or without a zone (then UTC).</summary>
/// <remarks>Help Scout leaves out what has no value, and may send it empty: an empty text is no time.</remarks>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (HelpScoutInstant.TryRead(ref reader, out var instant))
        {
            return instant;
        }

        return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(""u8)
            ? null
            : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value!.Value.UtcDateTime);
}
