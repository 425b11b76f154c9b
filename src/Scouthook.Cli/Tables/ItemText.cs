using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Scouthook.Cli.Tables;

/// <summary>Formats the members of an item for people.</summary>
internal static class ItemText
{
    private const int ShortId = 8;

    public static string Of(JsonNode? value) => value switch
    {
        null => "",
        JsonValue simple when simple.TryGetValue<string>(out var text) => Visible(text),
        JsonArray list when list.All(item => item is JsonValue) => string.Join(", ", list.Select(Of)),
        _ => value.ToJsonString(),
    };

    /// <summary>Writes a value as the API reads it in a query.</summary>
    public static string Raw(JsonNode value) => value is JsonValue simple && simple.TryGetValue<string>(out var text) ? text : value.ToJsonString();

    /// <summary>Formats a timestamp in UTC, to the second; the heading or the sentence around it names the zone.</summary>
    public static string Time(JsonNode? value) => Instant(value) is { } at ? Format(at, "yyyy-MM-dd HH:mm:ss") : "";

    /// <summary>Formats a timestamp without its year, for a narrow terminal.</summary>
    public static string TimeWithoutYear(JsonNode? value) => Instant(value) is { } at ? Format(at, "MM-dd HH:mm:ss") : "";

    /// <summary>Formats a timestamp with its zone, and how long ago it was.</summary>
    public static string Moment(JsonNode? value, DateTimeOffset now) => Instant(value) is { } at
        ? $"{Format(at, "yyyy-MM-dd HH:mm:ss")} UTC ({Distance(now - at)})"
        : "";

    public static DateTimeOffset? Instant(JsonNode? value) =>
        value is JsonValue simple && simple.TryGetValue<string>(out var text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;

    /// <summary>Returns the ending of an id, which commands accept in its place.</summary>
    public static string IdEnding(JsonNode? value)
    {
        var id = Of(value);
        return id.Length > ShortId ? id[^ShortId..] : id;
    }

    /// <summary>Writes a number of things, such as <c>1 delivery</c> or <c>1,200 deliveries</c>.</summary>
    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    public static string Bytes(long size) => Count(size, "byte", "bytes");

    /// <summary>Writes how long ago something was, or in how long it will be.</summary>
    public static string Distance(TimeSpan ago)
    {
        var length = ago.Duration();
        var (count, unit) = length switch
        {
            { TotalSeconds: < 1 } => (0L, ""),
            { TotalMinutes: < 1 } => ((long)length.TotalSeconds, "second"),
            { TotalHours: < 1 } => ((long)length.TotalMinutes, "minute"),
            { TotalDays: < 2 } => ((long)length.TotalHours, "hour"),
            _ => ((long)length.TotalDays, "day"),
        };
        var text = Count(count, unit, unit + "s");
        return count == 0 ? "now" : ago > TimeSpan.Zero ? $"{text} ago" : $"in {text}";
    }

    /// <summary>Writes the name of a member, or one of its values, as words: <c>lastRepeatAt</c> becomes <c>Last repeat at</c>.</summary>
    public static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (var character in name)
        {
            if (char.IsUpper(character) && words.Length > 0)
            {
                words.Append(' ').Append(char.ToLowerInvariant(character));
            }
            else
            {
                words.Append(words.Length == 0 ? char.ToUpperInvariant(character) : character);
            }
        }

        return words.ToString();
    }

    /// <summary>Replaces control characters: titles and names come from outside, and terminals interpret them.</summary>
    public static string Visible(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));

    private static string Format(DateTimeOffset at, string format) => at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
