using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scouthook.Json;

/// <summary>Refuses <c>null</c> for a text used as routing id, which <c>required</c> alone would let through.</summary>
internal sealed class RequiredTextConverter : JsonConverter<string>, IShapedConverter
{
    public ValueShape Shape => ValueShape.Text;

    public override bool HandleNull => true;

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
