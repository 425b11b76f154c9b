using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scouthook.Testing;

/// <summary>A change of one member of a body: its path and its new value.</summary>
/// <remarks>
/// A path names members and positions, separated by dots: <c>status</c>, <c>_embedded.threads.0.body</c>. Missing
/// members are added; the position after the last element of an array appends one.
/// </remarks>
public sealed class PayloadEdit
{
    private readonly string[] _steps;
    private readonly string _value;

    /// <summary>Creates a change.</summary>
    /// <param name="path">The path, for example <c>_embedded.threads.0.body</c>.</param>
    /// <param name="value">The value: parsed as JSON if it is valid JSON, otherwise used as text.</param>
    /// <exception cref="FormatException">The path is empty or has an empty segment.</exception>
    public PayloadEdit(string path, string value)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(value);

        _steps = path.Split('.');
        _value = value;
        Path = path;
        if (_steps.Any(string.IsNullOrWhiteSpace))
        {
            throw new FormatException(
                $"'{path}' is not a path. Separate names and positions with dots, as in _embedded.threads.0.body.");
        }
    }

    /// <summary>The path of the member.</summary>
    public string Path { get; }

    /// <summary>Parses a change from a text such as <c>status=closed</c>.</summary>
    /// <param name="assignment">Path, <c>=</c>, value; the value may contain further <c>=</c>.</param>
    /// <returns>The change.</returns>
    /// <exception cref="FormatException">There is no <c>=</c>, or no path before it.</exception>
    public static PayloadEdit Parse(string assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);

        var split = assignment.IndexOf('=', StringComparison.Ordinal);
        return split > 0
            ? new PayloadEdit(assignment[..split], assignment[(split + 1)..])
            : throw new FormatException("Write a change as path=value, such as status=closed.");
    }

    /// <summary>Applies the change and serializes the JSON as Help Scout does.</summary>
    /// <param name="body">The body, which stays unchanged.</param>
    /// <returns>The changed body, in the style of <see cref="PhpJson"/>.</returns>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    /// <exception cref="InvalidOperationException">
    /// The path leads through a value that is neither an object nor an array.
    /// </exception>
    public byte[] ApplyTo(ReadOnlySpan<byte> body)
    {
        var root = Parse(body);
        var node = root ?? throw Blocked("The body");
        for (var depth = 0; depth < _steps.Length - 1; depth++)
        {
            node = Step(node, depth) ?? AddObject(node, depth);
        }

        Put(node, _steps.Length - 1, Value());
        return PhpJson.Rewrite(JsonSerializer.SerializeToUtf8Bytes(root));
    }

    private static JsonNode? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            // The framework's message may quote the body.
            throw new JsonException("The body is not JSON, so no member can be changed.");
        }
    }

    private JsonNode? Step(JsonNode node, int depth) => node switch
    {
        JsonObject map => map[_steps[depth]],
        JsonArray list when Position(depth) is { } position && position < list.Count => list[position],
        JsonArray list when Position(depth) == list.Count => null,
        _ => throw Blocked(Described(depth)),
    };

    private JsonObject AddObject(JsonNode node, int depth)
    {
        var added = new JsonObject();
        Put(node, depth, added);
        return added;
    }

    private void Put(JsonNode node, int depth, JsonNode? value)
    {
        switch (node)
        {
            case JsonObject map:
                map[_steps[depth]] = value;
                break;
            case JsonArray list when Position(depth) is { } position && position < list.Count:
                list[position] = value;
                break;
            case JsonArray list when Position(depth) == list.Count:
                list.Add(value);
                break;
            default:
                throw Blocked(Described(depth));
        }
    }

    private JsonNode? Value()
    {
        try
        {
            return JsonNode.Parse(_value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(_value);
        }
    }

    private int? Position(int depth) =>
        int.TryParse(_steps[depth], NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;

    private string Described(int depth) => depth == 0 ? "The body" : string.Join('.', _steps[..depth]);

    private InvalidOperationException Blocked(string where) =>
        new($"Cannot set '{Path}': {where} is neither an object nor an array with that position.");
}
