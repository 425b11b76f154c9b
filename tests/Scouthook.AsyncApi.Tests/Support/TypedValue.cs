using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Scouthook.AsyncApi.Schemas;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Tests.Support;

/// <summary>A value in a body together with the C# type it is read into: what a schema is held against.</summary>
/// <remarks>It goes by the types and not by the schemas, so a schema that says too little cannot excuse itself.</remarks>
/// <param name="Path">Names and indexes from the root.</param>
/// <param name="Type">The type, not nullable.</param>
/// <param name="Member">The member that holds the value; null for items of lists and entries of maps.</param>
internal sealed record TypedValue(ImmutableArray<object> Path, Type Type, JsonPropertyInfo? Member)
{
    public bool IsPayload => Type.IsSubclassOf(typeof(HelpScoutPayload));

    public bool IsOpenValue => Type.GetInterfaces().Any(it =>
        it.IsGenericType && it.GetGenericTypeDefinition() == typeof(IOpenValue<>));

    public bool IsAlwaysPresent =>
        Member?.AttributeProvider!.IsDefined(typeof(AlwaysPresentAttribute), inherit: false) ?? false;

    /// <summary>Whether the contract gives the text a format.</summary>
    public bool HasFormat =>
        Type == typeof(string) && Member?.AttributeProvider is PropertyInfo member && MemberFormats.Of(member) is not null;

    /// <summary>Items and entries are there or not; a member that may be absent may as well be null.</summary>
    public bool MayBeNull => Member is not null && !IsAlwaysPresent;

    public override string ToString() => string.Join('.', Path.Select(step => step is int ? "[]" : step));

    /// <summary>The body itself and everything in it that a type is known for.</summary>
    public static IEnumerable<TypedValue> In(JsonNode body, JsonTypeInfo type) =>
        In(new TypedValue([], type.Type, null), body, type.Options);

    private static IEnumerable<TypedValue> In(TypedValue value, JsonNode? node, JsonSerializerOptions options)
    {
        // What is not described cannot be wrong: Help Scout documents neither names nor types in such maps.
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
