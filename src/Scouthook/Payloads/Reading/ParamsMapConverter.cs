using System.Text.Json;
using Scouthook.Json;

namespace Scouthook.Payloads;

/// <summary>Reads the further values of a chat event, whose names and types are not documented.</summary>
internal sealed class ParamsMapConverter : MapConverter<JsonElement>
{
    protected override ValueShape ValueOf => ValueShape.Any;

    protected override bool KeepsNull => true;

    // ParseValue copies: the element outlives the buffer that is read.
    protected override JsonElement ReadValue(ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader);

    protected override void WriteValue(Utf8JsonWriter writer, JsonElement value) => value.WriteTo(writer);
}
