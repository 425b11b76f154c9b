using System.Text.Json;

namespace Scouthook.Json;

/// <summary>Enumerates a list in each form in which PHP and older bodies write one.</summary>
/// <remarks>
/// A list is an array; an object whose member names are all numbers (a PHP array whose indexes have a gap); or a single
/// item. The scan and the typed payloads share this class, so that they find the same items.
/// </remarks>
internal struct ListForm
{
    private enum Form
    {
        Ended,
        Array,
        NumberedMap,
        Single,
    }

    private Form _form;

    /// <summary>True if the value is a single item instead of a list.</summary>
    public readonly bool IsSingle => _form is Form.Single;

    /// <summary>Determines the form of the value at the reader.</summary>
    public static ListForm Of(scoped ref Utf8JsonReader reader) => new()
    {
        _form = reader.TokenType switch
        {
            JsonTokenType.StartArray => Form.Array,
            JsonTokenType.StartObject => FormOfObject(reader),
            JsonTokenType.Null or JsonTokenType.False => Form.Ended,
            JsonTokenType.String when reader.ValueSpan.IsEmpty => Form.Ended,
            _ => Form.Single,
        },
    };

    /// <summary>Moves to the next item. Between calls the item must be read or skipped to its end.</summary>
    public bool MoveNext(scoped ref Utf8JsonReader reader)
    {
        switch (_form)
        {
            case Form.Array:
                return reader.Read() && reader.TokenType is not JsonTokenType.EndArray;
            case Form.NumberedMap:
                return reader.Read() && reader.TokenType is JsonTokenType.PropertyName && reader.Read();
            case Form.Single:
                _form = Form.Ended;
                return true;
            default:
                return false;
        }
    }

    // The reader is a copy and looks ahead.
    private static Form FormOfObject(Utf8JsonReader reader)
    {
        var form = Form.Ended;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (!HelpScoutNumber.TryRead(new JsonText(reader.ValueSpan, reader.ValueIsEscaped), out _))
            {
                return Form.Single;
            }

            form = Form.NumberedMap;
            reader.Read();
            reader.Skip();
        }

        return form;
    }
}
