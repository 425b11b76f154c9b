using System.Text.Json;
using Scouthook.Json;

namespace Scouthook.Payloads;

/// <summary>Reads the chat status of a user in each inbox, by the id of the inbox.</summary>
internal sealed class ChatStatusMapConverter : MapConverter<ChatAvailabilityStatus>
{
    protected override ValueShape ValueOf => ValueShape.Text;

    protected override ChatAvailabilityStatus ReadValue(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
            ? ChatAvailabilityStatus.FromText(reader.GetString()!)
            : throw new JsonException();

    protected override void WriteValue(Utf8JsonWriter writer, ChatAvailabilityStatus value) =>
        writer.WriteStringValue(value.Text);
}
