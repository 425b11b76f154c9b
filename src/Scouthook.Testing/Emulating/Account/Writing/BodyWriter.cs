using System.Globalization;
using System.Text.Json;
using Scouthook.Events;
using Scouthook.Payloads;
using Scouthook.Testing.Samples;

namespace Scouthook.Testing.Emulating.Account.Writing;

/// <summary>Serializes payloads, as UTF-8, with the details that the payload types do not carry.</summary>
/// <remarks>
/// An empty map becomes <c>[]</c>, as PHP writes it. Times of chats always have microseconds, those of ratings have no
/// zone. Organizations have no embedded objects, and neither has a survey response without a customer.
/// </remarks>
internal static class BodyWriter
{
    private const string Microseconds = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private static readonly JsonSerializerOptions Json = HelpScoutEventCatalog.All[0].PayloadJson.Options;

    public static byte[] Write(HelpScoutPayload payload)
    {
        var reader = new Utf8JsonReader(JsonSerializer.SerializeToUtf8Bytes(payload, Json.GetTypeInfo(payload.GetType())));
        var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
        {
            Copy(ref reader, writer, payload);
        }

        // The framework's writer escapes emoji whatever its encoder.
        return CompactJson.Rewrite(output.GetBuffer().AsSpan(0, (int)output.Length), escape: false);
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, HelpScoutPayload payload)
    {
        var name = "";
        var empty = false;
        var withoutEmbedded = payload is Organization or SurveyResponse { Embedded.Customer: null };
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    if (withoutEmbedded && name == "_embedded" && reader.CurrentDepth == 1)
                    {
                        reader.Skip();
                        break;
                    }

                    writer.WritePropertyName(name);
                    break;
                case JsonTokenType.StartObject:
                    var ahead = reader;
                    empty = name is "associatedEntities" or "params" or "mailboxStatuses"
                        && ahead.Read() && ahead.TokenType is JsonTokenType.EndObject;
                    if (empty)
                    {
                        writer.WriteStartArray();
                    }
                    else
                    {
                        writer.WriteStartObject();
                    }

                    break;
                case JsonTokenType.EndObject when empty:
                    writer.WriteEndArray();
                    empty = false;
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.String:
                    writer.WriteStringValue(Time(name, ref reader, payload) ?? reader.GetString());
                    break;
                default:
                    writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                    break;
            }
        }
    }

    /// <summary>Returns a time in the format of its payload, or <see langword="null"/> if the text is sent as it is.</summary>
    private static string? Time(string name, ref Utf8JsonReader reader, HelpScoutPayload payload) => (payload, name) switch
    {
        (BeaconChat, "createdAt" or "endedAt" or "timestamp") =>
            reader.GetDateTimeOffset().UtcDateTime.ToString(Microseconds, CultureInfo.InvariantCulture),
        (Rating, "createdAt" or "modifiedAt") => reader.GetString()!.TrimEnd('Z'),
        _ => null,
    };
}
