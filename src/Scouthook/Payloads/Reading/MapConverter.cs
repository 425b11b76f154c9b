using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Scouthook.Json;

namespace Scouthook.Payloads;

/// <summary>Reads an object used as a map; a PHP encoder writes the empty one as <c>[]</c>.</summary>
internal abstract class MapConverter<TValue> : JsonConverter<IReadOnlyDictionary<string, TValue>>, IShapedConverter
{
    public ValueShape Shape => field ??= ValueShape.MapOf(ValueOf);

    public override IReadOnlyDictionary<string, TValue> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return reader.Read() && reader.TokenType == JsonTokenType.EndArray
                ? ReadOnlyDictionary<string, TValue>.Empty
                : throw new JsonException();
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var map = new Dictionary<string, TValue>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null && !KeepsNull)
            {
                map.Remove(key);
                continue;
            }

            map[key] = ReadValue(ref reader);
        }

        return map;
    }

    public override void Write(
        Utf8JsonWriter writer, IReadOnlyDictionary<string, TValue> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, item) in value)
        {
            writer.WritePropertyName(key);
            WriteValue(writer, item);
        }

        writer.WriteEndObject();
    }

    /// <summary>True if null is a value; otherwise an entry that is null is treated as absent.</summary>
    protected virtual bool KeepsNull => false;

    /// <summary>The kind of the values.</summary>
    protected abstract ValueShape ValueOf { get; }

    protected abstract TValue ReadValue(ref Utf8JsonReader reader);

    protected abstract void WriteValue(Utf8JsonWriter writer, TValue value);
}
