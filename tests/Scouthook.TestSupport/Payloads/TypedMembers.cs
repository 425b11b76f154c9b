using System.Collections;
using System.Globalization;
using System.Text.Json;
using Scouthook.Payloads;

namespace Scouthook.TestSupport.Payloads;

/// <summary>Flattens a typed payload into a map from place to value.</summary>
internal static class TypedMembers
{
    /// <summary>Returns all typed members, without extension data.</summary>
    public static Dictionary<string, object?> Of(object? root)
    {
        var members = new Dictionary<string, object?>();
        Walk(root, "", members, []);
        return members;
    }

    /// <summary>Returns the members kept without a typed member.</summary>
    public static Dictionary<string, JsonElement> ExtensionData(object? root)
    {
        var kept = new Dictionary<string, JsonElement>();
        Walk(root, "", [], kept);
        return kept;
    }

    /// <summary>Converts a value to text that can be compared with its JSON.</summary>
    public static string Text(object? value) => value switch
    {
        null => "(null)",
        true => "true",
        false => "false",
        DateTimeOffset instant => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        JsonElement element => element.ToString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    public static bool IsOpenValue(Type type) =>
        type.GetInterfaces().Any(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IOpenValue<>));

    private static void Walk(
        object? value, string path, Dictionary<string, object?> members, Dictionary<string, JsonElement> kept)
    {
        switch (value)
        {
            case HelpScoutPayload payload:
                foreach (var property in payload.GetType().GetProperties())
                {
                    if (property.Name != nameof(HelpScoutPayload.ExtensionData))
                    {
                        Walk(property.GetValue(payload), $"{path}.{property.Name}", members, kept);
                    }
                }

                foreach (var (name, element) in payload.ExtensionData ?? new Dictionary<string, JsonElement>())
                {
                    kept.Add($"{path}.{name}", element);
                }

                break;
            case string or JsonElement:
                members.Add(path, value);
                break;
            case IEnumerable items:
                WalkItems(items, path, members, kept);
                break;
            default:
                members.Add(path, value);
                break;
        }
    }

    private static void WalkItems(
        IEnumerable items, string path, Dictionary<string, object?> members, Dictionary<string, JsonElement> kept)
    {
        var position = 0;
        foreach (var item in items)
        {
            var type = item?.GetType();
            if (type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
            {
                var key = type.GetProperty("Key")!.GetValue(item);
                Walk(type.GetProperty("Value")!.GetValue(item), $"{path}.{key}", members, kept);
            }
            else
            {
                Walk(item, $"{path}[{position.ToString(CultureInfo.InvariantCulture)}]", members, kept);
            }

            position++;
        }

        members.Add($"{path}.Count", position);
    }
}
