using System.Reflection;
using System.Text.Json;
using CsCheck;
using Scouthook.AsyncApi.Schemas;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Tests.Support;

/// <summary>Creates payloads of random values: always with the required members, and with others at random.</summary>
internal sealed class RandomPayload
{
    private const BindingFlags Statics = BindingFlags.Public | BindingFlags.Static;

    private static readonly string[] Texts =
        ["", "a", "true", "12", "line\nbreak", "<p>\"quoted\" \\ / </p>", "Zoë 🚀", "\u2028", "2026-03-02", "null"];

    private readonly Random _random;
    private readonly bool _complete;

    private RandomPayload(Random random, bool complete)
    {
        _random = random;
        _complete = complete;
    }

    public static Gen<HelpScoutPayload> Of(Type type) =>
        Gen.Int.Select(seed => (HelpScoutPayload)new RandomPayload(new Random(seed), complete: false).Create(type));

    /// <summary>Creates a payload with every member set and no empty list or map.</summary>
    public static HelpScoutPayload Complete(Type type) =>
        (HelpScoutPayload)new RandomPayload(new Random(1), complete: true).Create(type);

    private object Create(Type type)
    {
        var payload = Activator.CreateInstance(type)!;
        foreach (var member in type.GetProperties().Where(property => property.CanWrite && property.Name != nameof(HelpScoutPayload.ExtensionData)))
        {
            if (_complete || member.IsDefined(typeof(AlwaysPresentAttribute)) || _random.Next(2) == 0)
            {
                member.SetValue(payload, Formatted(member) ?? Value(
                    Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType));
            }
        }

        return payload;
    }

    /// <summary>Returns a value of the format that the contract gives the member, if any.</summary>
    private object? Formatted(PropertyInfo member)
    {
        var text = MemberFormats.Of(member) switch
        {
            "uuid" => new Guid(Enumerable.Range(0, 16).Select(_ => (byte)_random.Next(256)).ToArray()).ToString(),
            "email" => $"a{_random.Next()}+tag@mail.example.com",
            "uri" => $"https://example.com/{_random.Next()}?a=b%20c#d",
            null => null,
            var unknown => throw new NotSupportedException(unknown),
        };
        return text is null || member.PropertyType == typeof(string) ? text : _complete || _random.Next(2) == 0 ? new[] { text } : [];
    }

    private object Value(Type type) => type switch
    {
        _ when type == typeof(string) => _complete ? "text" : Texts[_random.Next(Texts.Length)],
        _ when type == typeof(bool) => _random.Next(2) == 0,
        _ when type == typeof(int) => _random.Next(int.MinValue, int.MaxValue),
        _ when type == typeof(long) => _random.NextInt64(long.MinValue, long.MaxValue),
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddTicks(_random.NextInt64(1L << 54)),
        _ when type == typeof(JsonElement) => JsonElement.Parse("""{"any":["thing",1,null]}"""),
        _ when type.IsSubclassOf(typeof(HelpScoutPayload)) => Create(type),
        { IsValueType: true } => OpenValue(type),
        { GenericTypeArguments: [var item] } => List(item),
        { GenericTypeArguments: [_, var entry] } => Map(entry),
        _ => throw new NotSupportedException(type.ToString()),
    };

    private object OpenValue(Type type)
    {
        var known = ((System.Collections.IEnumerable)type.GetProperty("Known", Statics)!.GetValue(null)!).Cast<object>().ToArray();
        return _random.Next(4) == 0
            ? type.GetMethod("FromText", Statics)!.Invoke(null, [Value(typeof(string))])!
            : known[_random.Next(known.Length)];
    }

    private Array List(Type item)
    {
        var items = Array.CreateInstance(item, _complete ? 1 : _random.Next(3));
        for (var index = 0; index < items.Length; index++)
        {
            items.SetValue(Value(item), index);
        }

        return items;
    }

    private object Map(Type entry)
    {
        var map = (System.Collections.IDictionary)Activator.CreateInstance(
            typeof(Dictionary<,>).MakeGenericType(typeof(string), entry))!;
        for (var count = _complete ? 1 : _random.Next(3); count > 0; count--)
        {
            map[$"key {count}"] = Value(entry);
        }

        return map;
    }
}
