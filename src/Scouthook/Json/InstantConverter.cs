using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scouthook.Json;

/// <summary>Reads Help Scout's times: with <c>Z</c>, with an offset, with microseconds, or without a zone (then UTC).</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        HelpScoutInstant.TryRead(ref reader, out var instant) ? instant : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value!.Value.UtcDateTime);
}
