using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Scouthook.Management.Problems;

namespace Scouthook.Management.Api.Requests;

/// <summary>Reads a JSON body member by member, and keeps the first error.</summary>
/// <remarks>A misspelt member would be a setting without effect, so it is rejected.</remarks>
internal sealed class BodyReader
{
    private const int MaxTextLength = 2_000;
    private const int MaxTexts = 100;

    private readonly JsonElement _body;
    private readonly string _path;

    private BodyReader(JsonElement body, IReadOnlyList<ApiInput> inputs, string path = "")
    {
        _body = body;
        _path = path;
        foreach (var member in body.EnumerateObject())
        {
            if (!inputs.Any(input => input.Name == member.Name))
            {
                AddError(member.Name, $"is not a known member; known are {string.Join(", ", inputs.Select(input => input.Name))}.");
            }
        }
    }

    public ProblemHttpResult? Problem { get; private set; }

    /// <summary>Reads the body received with the request.</summary>
    public static Task<(BodyReader? Body, ProblemHttpResult? Problem)> ReadAsync(
        HttpRequest request, IReadOnlyList<ApiInput> inputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Read(RequestBody.Of(request.HttpContext).Bytes, inputs));
    }

    public void AddError(string member, string detail) => Problem ??= ApiProblem.Invalid(_path + member, detail);

    /// <summary>Returns whether a member is present, even as <c>null</c>.</summary>
    public bool Contains(string name) => _body.TryGetProperty(name, out _);

    public string? GetString(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.String)
        {
            AddError(name, "must be text.");
            return null;
        }

        if (value.GetString() is { Length: <= MaxTextLength } text)
        {
            return text;
        }

        AddError(name, $"is too long: at most {MaxTextLength} characters.");
        return null;
    }

    /// <summary>Reads a nested object.</summary>
    /// <returns>
    /// The result of <paramref name="read"/>; <see langword="null"/> if the member is missing or not an object.
    /// </returns>
    public T? GetObject<T>(string name, IReadOnlyList<ApiInput> inputs, Func<BodyReader, T> read)
        where T : class
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.Object)
        {
            AddError(name, "must be an object.");
            return null;
        }

        var inner = new BodyReader(value, inputs, $"{_path}{name}.");
        var found = read(inner);
        Problem ??= inner.Problem;
        return found;
    }

    public bool? GetBoolean(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        AddError(name, "must be true or false.");
        return null;
    }

    public double? GetDouble(string name, double min, double max)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max)
        {
            return number;
        }

        AddError(name, string.Create(CultureInfo.InvariantCulture, $"must be a number from {min} to {max}."));
        return null;
    }

    public Guid? GetId(string name)
    {
        if (GetString(name) is not { } text)
        {
            return null;
        }

        if (Guid.TryParseExact(text, "D", out var id))
        {
            return id;
        }

        AddError(name, "must be an id such as 01990f6e-0000-7000-8000-000000000000.");
        return null;
    }

    public DateTimeOffset? GetInstant(string name)
    {
        if (GetString(name) is not { } text)
        {
            return null;
        }

        if (QueryReader.TryReadInstant(text, out var instant))
        {
            return instant;
        }

        AddError(name, QueryReader.InstantRule);
        return null;
    }

    public IReadOnlyList<string>? GetStrings(string name, Func<string, bool> isValid, string rule)
    {
        if (TryGet(name, out var value) && value.ValueKind is JsonValueKind.Array && value.GetArrayLength() > MaxTexts)
        {
            AddError(name, $"has more than {MaxTexts} items.");
            return null;
        }

        return List(
            name,
            item => item.ValueKind is JsonValueKind.String && isValid(item.GetString()!) ? item.GetString() : null,
            rule);
    }

    /// <summary>Reads a list, or a text as a list of one.</summary>
    public IReadOnlyList<string>? GetStringOrStrings(string name, Func<string, bool> isValid, string rule)
    {
        if (TryGet(name, out var value) && value.ValueKind is JsonValueKind.String && isValid(value.GetString()!))
        {
            return [value.GetString()!];
        }

        return GetStrings(name, isValid, rule);
    }

    public long? GetInt64(string name, string rule)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number))
        {
            return number;
        }

        AddError(name, rule);
        return null;
    }

    public IReadOnlyList<long>? GetInt64s(string name, string rule)
    {
        var numbers = List<object>(
            name, item => item.ValueKind is JsonValueKind.Number && item.TryGetInt64(out var number) ? number : null, rule);
        return numbers is null ? null : [.. numbers.Cast<long>()];
    }

    private static (BodyReader? Body, ProblemHttpResult? Problem) Read(ReadOnlyMemory<byte> bytes, IReadOnlyList<ApiInput> inputs)
    {
        bytes = bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        try
        {
            if (bytes.IsEmpty)
            {
                bytes = "{}"u8.ToArray();
            }

            if (JsonBodyRules.FindMistake(bytes.Span) is var (member, detail))
            {
                return (null, ApiProblem.Invalid(member, detail));
            }

            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? (new BodyReader(document.RootElement.Clone(), inputs), null)
                : (null, ApiProblem.Invalid("body", "must be a JSON object."));
        }
        catch (JsonException exception)
        {
            return (null, ApiProblem.Invalid(
                "body", $"is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})."));
        }
    }

    private List<T>? List<T>(string name, Func<JsonElement, T?> read, string rule)
        where T : class
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.Array)
        {
            var items = value.EnumerateArray().Select(read).ToList();
            if (!items.Contains(null))
            {
                return items!;
            }
        }

        AddError(name, rule);
        return null;
    }

    private bool TryGet(string name, out JsonElement value) =>
        _body.TryGetProperty(name, out value) && value.ValueKind is not JsonValueKind.Null;
}
