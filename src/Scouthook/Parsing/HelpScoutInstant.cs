using System.Text.Json;

namespace Scouthook.Parsing;

/// <summary>Reads instants as Help Scout writes them, the same way for the scan and for typed payloads.</summary>
/// <remarks>
/// A time without a zone is UTC (the documented rating example is one). The framework would read it in the zone of the
/// machine, so that the same body would mean different instants on different servers.
/// </remarks>
internal static class HelpScoutInstant
{
    private const int MaxLength = 64;

    public static bool TryRead(ref Utf8JsonReader reader, out DateTimeOffset instant)
    {
        instant = default;
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length is 0 or > MaxLength)
        {
            return false;
        }

        if (HasZone(reader.ValueSpan))
        {
            return reader.TryGetDateTimeOffset(out instant);
        }

        if (!reader.TryGetDateTime(out var local))
        {
            return false;
        }

        instant = new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Utc));
        return true;
    }

    /// <summary>Whether the text ends with <c>Z</c> or <c>±hh:mm</c>. The sign stands after the date's own hyphens.</summary>
    private static bool HasZone(ReadOnlySpan<byte> text)
    {
        const int dateLength = 10;
        return text[^1] is (byte)'Z' or (byte)'z'
            || (text.Length > dateLength && text[dateLength..].IndexOfAny((byte)'+', (byte)'-') >= 0);
    }
}
