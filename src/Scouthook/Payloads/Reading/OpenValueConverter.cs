using System.Text.Json;
using System.Text.Json.Serialization;
using Scouthook.Json;

namespace Scouthook.Payloads;

/// <summary>Reads any text into an open value; reuses the known instances' strings so that common values allocate nothing.</summary>
internal sealed class OpenValueConverter<TValue> : JsonConverter<TValue>, IShapedConverter
    where TValue : struct, IOpenValue<TValue>
{
    public ValueShape Shape => ValueShape.Text;

    public override TValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        foreach (var known in TValue.Known)
        {
            if (reader.ValueTextEquals(known.Text))
            {
                return known;
            }
        }

        return TValue.FromText(reader.GetString()!);
    }

    public override void Write(Utf8JsonWriter writer, TValue value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
