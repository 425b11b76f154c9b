using System.Text.Json;
using Scouthook.Json;

namespace Scouthook.Payloads;

/// <summary>Reads the ids of the resources involved in a line item, by kind.</summary>
internal sealed class EntityMapConverter : MapConverter<long>
{
    protected override ValueShape ValueOf => ValueShape.Int64;

    protected override long ReadValue(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var id) ? id : throw new JsonException();

    protected override void WriteValue(Utf8JsonWriter writer, long value) => writer.WriteNumberValue(value);
}
