using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Scouthook.Json;

/// <summary>The kind of value that the strict parse expects at a place of a body, derived from its metadata.</summary>
internal sealed class ValueShape
{
    private static readonly ConcurrentDictionary<Type, ValueShape> Objects = new();

    private readonly JsonTypeInfo? _json;

    private ValueShape(ValueKind kind, ValueShape? item = null, JsonTypeInfo? json = null)
    {
        Kind = kind;
        Item = item;
        _json = json;
    }

    public static ValueShape Any { get; } = new(ValueKind.Any);

    public static ValueShape Text { get; } = new(ValueKind.Text);

    public static ValueShape Int32 { get; } = new(ValueKind.Int32);

    public static ValueShape Int64 { get; } = new(ValueKind.Int64);

    public static ValueShape Boolean { get; } = new(ValueKind.Boolean);

    public static ValueShape Instant { get; } = new(ValueKind.Instant);

    public ValueKind Kind { get; }

    /// <summary>The shape of the items of a list, or of the values of a map.</summary>
    public ValueShape? Item { get; }

    /// <summary>The payload type of an object.</summary>
    public Type? ObjectType => _json?.Type;

    /// <summary>The members of an object, by their JSON names.</summary>
    public FrozenDictionary<string, ValueShapeMember> Members => field ??= _json!.Properties
        .Where(property => !property.IsExtensionData)
        .ToFrozenDictionary(property => property.Name, Member, StringComparer.Ordinal);

    public static ValueShape ListOf(ValueShape item) => new(ValueKind.List, item);

    public static ValueShape MapOf(ValueShape value) => new(ValueKind.Map, value);

    public static ValueShape Of(JsonTypeInfo json) => json.Kind switch
    {
        JsonTypeInfoKind.Object => Objects.GetOrAdd(json.Type, static (_, json) => new(ValueKind.Object, null, json), json),
        JsonTypeInfoKind.Enumerable => ListOf(Of(json.Options.GetTypeInfo(json.ElementType!))),
        _ when Nullable.GetUnderlyingType(json.Type) is { } type => Of(json.Options.GetTypeInfo(type)),
        _ => OfScalar(json.Type, json.Converter),
    };

    private static ValueShapeMember Member(JsonPropertyInfo property)
    {
        var type = property.PropertyType;
        var shape = property.CustomConverter is IShapedConverter converter
            ? converter.Shape
            : Of(property.Options.GetTypeInfo(type));
        var isNullable = !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
        return new ValueShapeMember(shape, property.IsRequired || !isNullable);
    }

    private static ValueShape OfScalar(Type scalar, JsonConverter converter)
    {
        if (scalar == typeof(DateTimeOffset))
        {
            return Instant;
        }

        if (scalar == typeof(JsonElement))
        {
            return Any;
        }

        return Type.GetTypeCode(scalar) switch
        {
            TypeCode.String => Text,
            TypeCode.Int32 => Int32,
            TypeCode.Int64 => Int64,
            TypeCode.Boolean => Boolean,
            _ when converter is IShapedConverter shaped => shaped.Shape,
            _ => throw new NotSupportedException($"No kind of value is known for {scalar}."),
        };
    }
}
