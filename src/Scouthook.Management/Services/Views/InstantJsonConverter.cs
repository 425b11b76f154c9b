using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scouthook.Management.Services.Views;

/// <summary>Writes instants as RFC 3339 in UTC with a <c>Z</c>, whatever their offset.</summary>
internal sealed class InstantJsonConverter : JsonConverter<DateTimeOffset>
{
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
