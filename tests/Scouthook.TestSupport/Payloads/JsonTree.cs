using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scouthook.TestSupport.Payloads;

/// <summary>Walks and edits JSON trees. A place is a list of member names (text) and positions (numbers).</summary>
internal static class JsonTree
{
    public static string Show(IEnumerable<object> place) => string.Concat(place.Select(step =>
        step is int index ? $"[{index.ToString(CultureInfo.InvariantCulture)}]" : $".{step}"));

    /// <summary>Returns every place in the tree except the root, with its value.</summary>
    public static IEnumerable<(ImmutableArray<object> Place, JsonNode? Node)> Places(JsonNode? root)
    {
        return Below(root, []);

        static IEnumerable<(ImmutableArray<object>, JsonNode?)> Below(JsonNode? node, ImmutableArray<object> place)
        {
            var children = node switch
            {
                JsonObject members => members.Select(member => (Step: (object)member.Key, member.Value)),
                JsonArray items => items.Select((item, index) => (Step: (object)index, Value: item)),
                _ => [],
            };
            foreach (var (step, value) in children)
            {
                yield return (place.Add(step), value);
                foreach (var below in Below(value, place.Add(step)))
                {
                    yield return below;
                }
            }
        }
    }

    public static IEnumerable<(ImmutableArray<object> Place, JsonNode? Node)> Leaves(JsonNode root) =>
        Places(root).Where(item => item.Node is null or JsonValue);

    public static IEnumerable<(ImmutableArray<object> Place, JsonObject Node)> Objects(JsonNode root) =>
        Places(root).Where(item => item.Node is JsonObject).Select(item => (item.Place, item.Node!.AsObject()))
            .Prepend(([], root.AsObject()));

    public static JsonNode? At(JsonNode root, IEnumerable<object> place) => place.Aggregate(
        (JsonNode?)root, (node, step) => step is int index ? node![index] : node![(string)step]);

    public static JsonNode With(JsonNode root, ImmutableArray<object> place, JsonNode? value)
    {
        var copy = root.DeepClone();
        var parent = At(copy, place.Take(place.Length - 1))!;
        if (place[^1] is int index)
        {
            parent[index] = value;
        }
        else
        {
            parent[(string)place[^1]] = value;
        }

        return copy;
    }

    public static JsonNode Without(JsonNode root, ImmutableArray<object> place)
    {
        var copy = root.DeepClone();
        At(copy, place.Take(place.Length - 1))!.AsObject().Remove((string)place[^1]);
        return copy;
    }

    /// <summary>Returns a different value of the same JSON type; a time stays a time.</summary>
    public static JsonNode Another(JsonNode? leaf) => leaf?.GetValueKind() switch
    {
        null => JsonValue.Create(4711),
        JsonValueKind.Number => JsonValue.Create(leaf.GetValue<long>() + 1),
        JsonValueKind.True => JsonValue.Create(false),
        JsonValueKind.False => JsonValue.Create(true),
        _ => JsonValue.Create(IsInstant(leaf.GetValue<string>()) ? "2031-05-06T07:08:09Z" : leaf + " and more"),
    };

    public static bool IsInstant(string text) =>
        text.Length >= 19 && text[10] == 'T' && DateTime.TryParse(text, CultureInfo.InvariantCulture, out _);

    /// <summary>Returns the object with a member appended, even if it already has one of that name.</summary>
    public static string Appended(JsonObject body, string name, string rawValue)
    {
        var text = new StringBuilder(body.ToJsonString());
        text.Length--;
        return text.Append(body.Count == 0 ? "" : ",")
            .Append(JsonSerializer.Serialize(name)).Append(':').Append(rawValue).Append('}').ToString();
    }
}
