using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Scouthook.AsyncApi.Schemas;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Tests.Support;

/// <summary>A value in a body together with its C# type, to compare a schema with.</summary>
/// <remarks>It is based on the types and not on the schemas, so an incomplete schema is noticed.</remarks>
/// <param name="Path">Names and indexes from the root.</param>
/// <param name="Type">The type, not nullable.</param>
/// <param name="Member">The member that holds the value; null for items of lists and entries of maps.</param>
internal sealed record TypedValue(ImmutableArray<object> Path, Type Type, JsonPropertyInfo? Member)
{
    public bool IsPayload => Type.IsSubclassOf(typeof(HelpScoutPayload));

    public bool IsOpenValue => Type.GetInterfaces().Any(implemented =>
        implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IOpenValue<>));

    public bool IsAlwaysPresent =>
        Member?.AttributeProvider!.IsDefined(typeof(AlwaysPresentAttribute), inherit: false) ?? false;

    /// <summary>True if the contract gives the text a format.</summary>
    public bool HasFormat =>
        Type == typeof(string) && Member?.AttributeProvider is PropertyInfo member && MemberFormats.Of(member) is not null;

    /// <summary>True for a member that may be absent, which may also be null; items and entries may not.</summary>
    public bool MayBeNull => Member is not null && !IsAlwaysPresent;

    public override string ToString() => string.Join('.', Path.Select(step => step is int ? "[]" : step));

    /// <summary>Returns the body itself and all values in it with a known type.</summary>
    public static IEnumerable<TypedValue> In(JsonNode body, JsonTypeInfo type) =>
        In(new TypedValue([], type.Type, null), body, type.Options);

    private static IEnumerable<TypedValue> In(TypedValue value, JsonNode? node, JsonSerializerOptions options)
    {
        // Undocumented values cannot be wrong: Help Scout documents neither names nor types in such maps.
        if (value.Type == typeof(JsonElement))
        {
            yield break;
        }

        yield return value;
        foreach (var (step, type, member) in Parts(value, node, options))
        {
            var part = new TypedValue(value.Path.Add(step), Nullable.GetUnderlyingType(type) ?? type, member);
            foreach (var inner in In(part, step is int index ? node![index] : node![(string)step], options))
            {
                yield return inner;
            }
        }
    }

    private static IEnumerable<(object Step, Type Type, JsonPropertyInfo? Member)> Parts(
        TypedValue value, JsonNode? node, JsonSerializerOptions options) => node switch
        {
            JsonObject members when value.IsPayload => options.GetTypeInfo(value.Type).Properties
                .Where(member => !member.IsExtensionData && members.ContainsKey(member.Name))
                .Select(member => ((object)member.Name, member.PropertyType, (JsonPropertyInfo?)member)),
            JsonObject entries => entries.Select(entry =>
                ((object)entry.Key, value.Type.GenericTypeArguments[1], (JsonPropertyInfo?)null)),
            JsonArray items when value.Type.GenericTypeArguments is [var item] => Enumerable.Range(0, items.Count)
                .Select(index => ((object)index, item, (JsonPropertyInfo?)null)),
            _ => [],
        };
}
