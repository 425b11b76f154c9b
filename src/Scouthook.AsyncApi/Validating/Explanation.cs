using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scouthook.AsyncApi.Validating;

/// <summary>Describes the violation at each place where a validator found one.</summary>
/// <remarks>
/// A validator reports every branch of a choice that failed. One sentence is clearer: which kinds of value are allowed
/// and which one is there, or what a value of an allowed kind lacks. No sentence quotes a value of the body.
/// </remarks>
internal static class Explanation
{
    public static ImmutableArray<Violation> Of(
        JsonObject bundle, string payload, JsonElement body, IEnumerable<(string Pointer, IEnumerable<string> Keywords)> failures)
    {
        var root = SchemaPlace.Root(bundle, payload, body);
        var places = failures
            .GroupBy(failure => failure.Pointer, failure => failure.Keywords)
            .Select(group => (Place: root.Find(group.Key), Keywords: group.SelectMany(keywords => keywords).ToHashSet()))
            .OrderBy(failure => failure.Place.Order, OrderOfBody.Instance)
            .ToArray();
        Violation[] violations = [.. places.SelectMany(failure => Explain(failure.Place, failure.Keywords))];

        // A rule without a description must not make an invalid body look valid.
        return violations.Length > 0
            ? [.. violations]
            : [.. places.Select(failure => new Violation(failure.Place.Pointer, "does not match the contract"))];
    }

    private static IEnumerable<Violation> Explain(SchemaPlace place, HashSet<string> keywords)
    {
        var fitting = place.Choices.Where(schema => Kinds.Of(schema).Any(kind => Kinds.Fits(kind, place.Value))).ToArray();
        if (fitting.Length == 0)
        {
            yield return new Violation(
                place.Pointer, $"must be {Kinds.Describe(place.Choices)}, but is {Kinds.Describe(place.Value)}");
            yield break;
        }

        foreach (var missing in fitting.SelectMany(schema => Missing(schema, place.Value)))
        {
            yield return new Violation(SchemaPlace.Append(place.Pointer, missing), "is missing, but the contract requires it");
        }

        var rule = fitting.Select(schema => Rule(schema, keywords)).FirstOrDefault(words => words is not null);
        if (rule is not null)
        {
            yield return new Violation(place.Pointer, rule);
        }
    }

    private static IEnumerable<string> Missing(JsonObject schema, JsonElement value) =>
        (schema["required"]?.AsArray() ?? [])
            .Select(name => name!.GetValue<string>())
            .Where(name => value.ValueKind == JsonValueKind.Object && !value.TryGetProperty(name, out _));

    private static string? Rule(JsonObject schema, HashSet<string> keywords) =>
        keywords.Contains("format") && schema["format"] is { } format ? format.GetValue<string>() switch
        {
            "date-time" => "must be a date and time with a zone, such as 2026-03-02T10:02:17Z",
            "email" => "must be an email address",
            "uri" => "must be an absolute URI",
            "uuid" => "must be a UUID",
            var other => $"must have the format {other}",
        }
        : keywords.Contains("pattern") && schema["pattern"] is { } pattern ? pattern.GetValue<string>() == @"\S"
            ? "must not be blank"
            : "must be a date and time, such as 2026-03-02T10:02:17Z; the zone may be missing"
        : keywords.Contains("maxItems") && schema.ContainsKey("maxItems") ? "must be an object, or a list without items"
        : null;

    /// <summary>Members in the order of the body, as the positions that lead to them.</summary>
    private sealed class OrderOfBody : IComparer<ImmutableArray<int>>
    {
        public static OrderOfBody Instance { get; } = new();

        public int Compare(ImmutableArray<int> x, ImmutableArray<int> y)
        {
            for (var index = 0; index < Math.Min(x.Length, y.Length); index++)
            {
                if (x[index] != y[index])
                {
                    return x[index].CompareTo(y[index]);
                }
            }

            return x.Length.CompareTo(y.Length);
        }
    }
}
