using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Scouthook.Testing.Generating;

/// <summary>Moves all instants of a body by the same amount, keeping the format of each.</summary>
internal static partial class BodyInstants
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss";

    public static void MoveTo(JsonObject body, DateTimeOffset now)
    {
        if (Newest(body, DateTime.MinValue) is var newest && newest == DateTime.MinValue)
        {
            return;
        }

        // Whole seconds unless the newest instant itself is finer: the others would gain digits that Help Scout does
        // not write.
        var precision = newest.Ticks % TimeSpan.TicksPerSecond == 0 ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMicrosecond;
        Move(body, TimeSpan.FromTicks((now.UtcTicks / precision * precision) - newest.Ticks));
    }

    /// <summary>Returns the newest instant in the past; scheduled ones are later.</summary>
    private static DateTime Newest(JsonNode? node, DateTime newest)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map)
                {
                    newest = name is "nextEvent" or "snooze" or "scheduled" ? newest : Newest(value, newest);
                }

                return newest;
            case JsonArray list:
                return list.Aggregate(newest, (latest, item) => Newest(item, latest));
            default:
                return Read(node, out _) is { } instant && instant > newest ? instant : newest;
        }
    }

    private static void Move(JsonNode? node, TimeSpan by)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToArray())
                {
                    if (Read(value, out var format) is { } instant)
                    {
                        var moved = instant + by;
                        map[name] = moved.ToString(format, CultureInfo.InvariantCulture);
                        Rename(map, moved);
                    }

                    Move(value, by);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Move(item, by);
                }

                break;
        }
    }

    /// <summary>
    /// Keeps <c>customerWaitingSince.friendly</c> correct if it is a day ("Mar 1") and not a span ("3 hours ago").
    /// </summary>
    private static void Rename(JsonObject map, DateTime moved)
    {
        if (map["friendly"] is JsonValue friendly
            && DateTime.TryParseExact(
                friendly.GetValue<string>(), "MMM d", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            map["friendly"] = moved.ToString("MMM d", CultureInfo.InvariantCulture);
        }
    }

    private static DateTime? Read(JsonNode? node, out string format)
    {
        format = Seconds;
        if (node is not JsonValue value || value.GetValueKind() is not JsonValueKind.String
            || Instant().Match(value.GetValue<string>()) is not { Success: true } match)
        {
            return null;
        }

        var digits = match.Groups["fraction"].Length;
        format = Seconds + (digits == 0 ? "" : "." + new string('f', digits)) + (match.Groups["zone"].Success ? "'Z'" : "");
        return DateTime.ParseExact(match.Value, format, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.(?<fraction>\d{1,7}))?(?<zone>Z)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Instant();
}
