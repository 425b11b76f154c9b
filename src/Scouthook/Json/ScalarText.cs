using System.Text.Json;

namespace Scouthook.Json;

/// <summary>Converts values that are neither objects nor lists into the kind that is expected.</summary>
internal static class ScalarText
{
    /// <summary>Writes the value as the expected kind, unless that is impossible.</summary>
    public static bool TryWrite(ref Utf8JsonReader reader, ValueKind kind, Utf8JsonWriter writer)
    {
        if (!CanRead(ref reader, kind))
        {
            return false;
        }

        switch (kind)
        {
            case ValueKind.Text:
                writer.WriteStringValue(JsonText.Of(ref reader).Decode());
                break;
            case ValueKind.Boolean:
                writer.WriteBooleanValue(BooleanOf(ref reader)!.Value);
                break;
            case ValueKind.Instant:
                HelpScoutInstant.TryRead(ref reader, out var instant);
                writer.WriteStringValue(instant);
                break;
            default:
                HelpScoutNumber.TryRead(ref reader, out var number);
                writer.WriteNumberValue(number);
                break;
        }

        return true;
    }

    public static bool CanRead(ref Utf8JsonReader reader, ValueKind kind) => kind switch
    {
        ValueKind.Text => reader.TokenType
            is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False,
        ValueKind.Boolean => BooleanOf(ref reader) is not null,
        ValueKind.Instant => HelpScoutInstant.TryRead(ref reader, out _),
        ValueKind.Int32 => HelpScoutNumber.TryRead(ref reader, out var number) && number == (int)number,
        ValueKind.Int64 => HelpScoutNumber.TryRead(ref reader, out _),
        _ => false,
    };

    /// <summary>Returns whether the value is the one that PHP writes for nothing where this kind is expected.</summary>
    public static bool IsNothing(ref Utf8JsonReader reader, ValueKind kind)
    {
        if (reader.TokenType is JsonTokenType.StartArray)
        {
            var ahead = reader;
            return ahead.Read() && ahead.TokenType is JsonTokenType.EndArray;
        }

        return kind is ValueKind.Instant
            ? HelpScoutInstant.IsEmpty(ref reader)
            : reader.TokenType is JsonTokenType.String && reader.ValueSpan.IsEmpty;
    }

    private static bool? BooleanOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number or JsonTokenType.String => BooleanOf(JsonText.Of(ref reader)),
        _ => null,
    };

    private static bool? BooleanOf(JsonText text)
    {
        if (text.Is("1") || text.Is("true"))
        {
            return true;
        }

        return text.Is("0") || text.Is("false") ? false : null;
    }
}
