using System.Text.Json;

namespace Scouthook.Management.Api.Requests;

/// <summary>Checks the rules for every JSON body, whatever its members mean.</summary>
/// <remarks>
/// The parser accepts text that cannot be decoded and fails only when it is read. Checking the whole body first keeps
/// such text from every route at once.
/// </remarks>
internal static class JsonBodyRules
{
    public const int MaxTextBytes = 8 * 1024;
    public const int MaxItems = 1_000;
    public const int MaxMembers = 1_000;
    public const int MaxDepth = 16;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 4 * MaxDepth };

    /// <returns>The invalid member and the reason, or <see langword="null"/>.</returns>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public static (string Member, string Detail)? FindMistake(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        var containers = new Stack<Container>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    if (EnterMember(ref reader, containers.Peek()) is { } wrongMember)
                    {
                        return wrongMember;
                    }

                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    containers.Pop();
                    break;
                default:
                    containers.TryPeek(out var parent);
                    var member = parent?.Current ?? "body";
                    if (parent is { IsArray: true } && ++parent.Count > MaxItems)
                    {
                        return (member, $"has more than {MaxItems} items.");
                    }

                    if (reader.TokenType is JsonTokenType.String && TextProblem(ref reader) is { } wrongText)
                    {
                        return (member, wrongText);
                    }

                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        if (containers.Count == MaxDepth)
                        {
                            return (member, "is nested too deeply.");
                        }

                        containers.Push(new Container(reader.TokenType is JsonTokenType.StartArray, parent?.Current));
                    }

                    break;
            }
        }

        return null;
    }

    private static (string Member, string Detail)? EnterMember(ref Utf8JsonReader reader, Container container)
    {
        if (TextProblem(ref reader) is { } wrongName)
        {
            return (container.Path ?? "body", $"a member's name {wrongName}");
        }

        var name = reader.GetString()!;
        container.Current = container.Path is { } path ? $"{path}.{name}" : name;
        if (!container.Names.Add(name))
        {
            return (container.Current, "is given twice.");
        }

        return container.Names.Count > MaxMembers
            ? (container.Path ?? "body", $"has more than {MaxMembers} members.")
            : null;
    }

    private static string? TextProblem(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > MaxTextBytes)
        {
            return $"is too long: at most {MaxTextBytes} bytes.";
        }

        try
        {
            return reader.GetString()!.Contains('\0') ? "must not contain the character U+0000." : null;
        }
        catch (InvalidOperationException)
        {
            return "is not valid text: it contains a lone surrogate, or bytes that are not UTF-8.";
        }
    }

    /// <summary>An object or a list that has started and not ended.</summary>
    private sealed class Container(bool isArray, string? path)
    {
        public bool IsArray { get; } = isArray;

        /// <summary>The member that contains it; <see langword="null"/> for the body itself.</summary>
        public string? Path { get; } = path;

        /// <summary>The member that the next value belongs to.</summary>
        public string? Current { get; set; } = path;

        public int Count { get; set; }

        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);
    }
}
