using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scouthook.Json;

/// <summary>Reads a list of texts that may also be sent as one bare text.</summary>
internal sealed class StringListConverter : JsonConverter<IReadOnlyList<string>>, IShapedConverter
{
    public ValueShape Shape { get; } = ValueShape.ListOf(ValueShape.Text);

    public override IReadOnlyList<string> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return [reader.GetString()!];
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            if (reader.TokenType != JsonTokenType.String)
            {
                throw new JsonException();
            }

            texts.Add(reader.GetString()!);
        }

        return texts;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var text in value)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
