using System.Text.Json;

namespace Scouthook.Json;

/// <summary>Copies JSON of any kind. Only a lone surrogate, which .NET text cannot represent, becomes U+FFFD.</summary>
internal static class RawJson
{
    public static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
                {
                    writer.WritePropertyName(JsonText.Of(ref reader).Decode());
                    reader.Read();
                    Copy(ref reader, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                {
                    Copy(ref reader, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(JsonText.Of(ref reader).Decode());
                break;
            case JsonTokenType.Number:
                // As written: 1.50 stays 1.50.
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                writer.WriteBooleanValue(reader.TokenType is JsonTokenType.True);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
