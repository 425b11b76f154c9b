using System.Text.Json;
using Scouthook.Events;
using Scouthook.Json;

namespace Scouthook.Parsing;

/// <summary>The member that carries an id: absent, a number or the text of one, a text, or something that cannot be an id.</summary>
internal readonly ref struct ScannedId
{
    private const int MaxTextLength = 200;

    private ScannedId(JsonTokenType token, long? number, JsonText text)
    {
        Token = token;
        Number = number;
        Text = text;
    }

    /// <summary>The kind of value; <see cref="JsonTokenType.None"/> if the member is absent.</summary>
    public JsonTokenType Token { get; }

    /// <summary>The value, if it is a whole number of at most 64 bits or the text of one.</summary>
    public long? Number { get; }

    public JsonText Text { get; }

    public bool IsAbsent => Token is JsonTokenType.None or JsonTokenType.Null;

    public static ScannedId Read(scoped ref Utf8JsonReader reader) => new(
        reader.TokenType,
        HelpScoutNumber.TryRead(ref reader, out var number) ? number : null,
        reader.TokenType is JsonTokenType.String ? JsonText.Of(ref reader) : default);

    public ResourceReference? AsReference(ResourceKind kind)
    {
        if (kind is not ResourceKind.Chat)
        {
            return Number is { } number ? ResourceReference.Of(kind, number) : null;
        }

        return Text.Excerpt(MaxTextLength) is { } text ? new ResourceReference(kind, text) : null;
    }
}
