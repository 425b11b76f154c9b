using System.Text.Json;
using Scouthook.Json;

namespace Scouthook.Payloads;

/// <summary>Writes a body again with each value in the kind that the strict parse expects.</summary>
/// <remarks>
/// A value that cannot be converted becomes null. Its raw value is written beside it under a marked name, which
/// <see cref="HelpScoutPayload"/> turns into the name itself among the unknown members. Values that PHP writes for
/// nothing (an empty text, <c>[]</c>, zeroes for a time) are kept the same way but not reported.
/// </remarks>
internal ref struct PayloadRepair
{
    /// <summary>Marks the raw value of a member that has a property.</summary>
    public const string Mark = "\u0001unread:";

    private readonly Utf8JsonWriter _writer;
    private readonly List<string> _path = [];
    private readonly List<string> _unread = [];
    private Utf8JsonReader _reader;

    public PayloadRepair(ReadOnlySpan<byte> body, Utf8JsonWriter writer)
    {
        _reader = new Utf8JsonReader(body);
        _writer = writer;
    }

    private enum Outcome
    {
        /// <summary>The value, or null, was written as intended.</summary>
        Read,

        /// <summary>There is no value; the original one is to be kept.</summary>
        Empty,

        /// <summary>The value or a part of it could not be read; the original one is to be kept.</summary>
        Unread,
    }

    /// <returns>The members that could not be read.</returns>
    public IReadOnlyList<string> Run(ValueShape shape)
    {
        _reader.Read();
        if (_reader.TokenType is JsonTokenType.StartObject)
        {
            WriteObject(shape);
        }
        else
        {
            _writer.WriteNullValue();
        }

        return _unread;
    }

    private Outcome Write(ValueShape shape)
    {
        if (_reader.TokenType is JsonTokenType.Null)
        {
            _writer.WriteNullValue();
            return Outcome.Read;
        }

        switch (shape.Kind)
        {
            case ValueKind.Any:
                RawJson.Copy(ref _reader, _writer);
                return Outcome.Read;
            case ValueKind.List:
                return WriteList(shape.Item!);
            case ValueKind.Object or ValueKind.Map when _reader.TokenType is JsonTokenType.StartObject:
                return shape.Kind is ValueKind.Object ? WriteObject(shape) : WriteMap(shape.Item!);
            case ValueKind.Object when Shorthand(shape) is { } member:
                return WriteShorthand(shape, member);
            case ValueKind.Object or ValueKind.Map:
                return WriteAbsent(shape.Kind, IsNothing());
            default:
                return ScalarText.TryWrite(ref _reader, shape.Kind, _writer)
                    ? Outcome.Read
                    : WriteAbsent(shape.Kind, ScalarText.IsNothing(ref _reader, shape.Kind));
        }
    }

    /// <summary>Writes the representation of no value; reports the original value unless it means the same.</summary>
    private Outcome WriteAbsent(ValueKind kind, bool isNothing)
    {
        // PHP writes an empty map as a list, which is equivalent.
        if (kind is ValueKind.Map && isNothing && _reader.TokenType is JsonTokenType.StartArray)
        {
            _reader.Skip();
            _writer.WriteNullValue();
            return Outcome.Read;
        }

        _reader.Skip();
        _writer.WriteNullValue();
        if (isNothing)
        {
            return Outcome.Empty;
        }

        Report();
        return Outcome.Unread;
    }

    /// <summary>Returns whether the value stands for no object and no map: <c>[]</c>, false or an empty text.</summary>
    private readonly bool IsNothing()
    {
        var ahead = _reader;
        return _reader.TokenType switch
        {
            JsonTokenType.False => true,
            JsonTokenType.String => _reader.ValueSpan.IsEmpty,
            JsonTokenType.StartArray => ahead.Read() && ahead.TokenType is JsonTokenType.EndArray,
            _ => false,
        };
    }

    private Outcome WriteObject(ValueShape shape)
    {
        var last = LastOfEach(shape);
        var position = 0;
        _writer.WriteStartObject();
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = JsonText.Of(ref _reader).Decode();
            _reader.Read();
            if (!shape.Members.TryGetValue(name, out var member))
            {
                _writer.WritePropertyName(name.StartsWith(Mark, StringComparison.Ordinal) ? Mark + name : name);
                RawJson.Copy(ref _reader, _writer);
            }
            else if (last[name] == position)
            {
                WriteMember(name, member);
            }
            else
            {
                _reader.Skip();
            }

            position++;
        }

        foreach (var (name, member) in shape.Members)
        {
            if (member.NeedsValue && !last.ContainsKey(name))
            {
                WritePlaceholder(name, member);
            }
        }

        _writer.WriteEndObject();
        return Outcome.Read;
    }

    private void WriteMember(string name, ValueShapeMember member)
    {
        var raw = _reader;
        if (member.NeedsValue && !ScalarText.CanRead(ref _reader, member.Shape.Kind))
        {
            _reader.Skip();
            WritePlaceholder(name, member);
            KeepRaw(name, raw);
            return;
        }

        _path.Add(name);
        _writer.WritePropertyName(name);
        var outcome = Write(member.Shape);
        _path.RemoveAt(_path.Count - 1);
        if (outcome is not Outcome.Read)
        {
            KeepRaw(name, raw);
        }
    }

    /// <summary>A nested resource without a readable id is still a resource.</summary>
    private readonly void WritePlaceholder(string name, ValueShapeMember member)
    {
        _path.Add(name);
        Report();
        _path.RemoveAt(_path.Count - 1);
        _writer.WritePropertyName(name);
        if (member.Shape.Kind is ValueKind.Text)
        {
            _writer.WriteStringValue("");
        }
        else
        {
            _writer.WriteNumberValue(0);
        }
    }

    private readonly void KeepRaw(string name, Utf8JsonReader raw)
    {
        if (raw.TokenType is not JsonTokenType.Null)
        {
            _writer.WritePropertyName(Mark + name);
            RawJson.Copy(ref raw, _writer);
        }
    }

    /// <summary>Returns where each member with a property occurs last, which is the one that counts.</summary>
    private readonly Dictionary<string, int> LastOfEach(ValueShape shape)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        var ahead = _reader;
        for (var position = 0; ahead.Read() && ahead.TokenType is JsonTokenType.PropertyName; position++)
        {
            var name = JsonText.Of(ref ahead).Decode();
            if (shape.Members.ContainsKey(name))
            {
                last[name] = position;
            }

            ahead.Read();
            ahead.Skip();
        }

        return last;
    }

    /// <summary>Returns the member that a text or number stands for, if it can be read as that member.</summary>
    private string? Shorthand(ValueShape shape) =>
        PayloadShorthand.MemberFor(shape.ObjectType!, _reader.TokenType) is { } name
        && !IsNothing()
        && ScalarText.CanRead(ref _reader, shape.Members[name].Shape.Kind)
            ? name
            : null;

    private Outcome WriteShorthand(ValueShape shape, string member)
    {
        _writer.WriteStartObject();
        _writer.WritePropertyName(member);
        ScalarText.TryWrite(ref _reader, shape.Members[member].Shape.Kind, _writer);
        foreach (var (name, other) in shape.Members)
        {
            if (other.NeedsValue && name != member)
            {
                WritePlaceholder(name, other);
            }
        }

        _writer.WriteEndObject();
        return Outcome.Read;
    }

    private Outcome WriteList(ValueShape item)
    {
        var isNothing = IsNothing() && _reader.TokenType is not JsonTokenType.StartArray;
        var outcome = isNothing ? Outcome.Empty : Outcome.Read;
        var list = ListForm.Of(ref _reader);
        var isSingle = list.IsSingle;
        _writer.WriteStartArray();
        while (list.MoveNext(ref _reader))
        {
            outcome = Worse(outcome, isSingle ? Write(item) : WriteItem(item));
        }

        _reader.Skip();
        _writer.WriteEndArray();
        return outcome;
    }

    private Outcome WriteMap(ValueShape value)
    {
        var outcome = Outcome.Read;
        _writer.WriteStartObject();
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            _writer.WritePropertyName(JsonText.Of(ref _reader).Decode());
            _reader.Read();
            outcome = Worse(outcome, WriteItem(value));
        }

        _writer.WriteEndObject();
        return outcome;
    }

    private Outcome WriteItem(ValueShape shape)
    {
        _path.Add("*");
        var outcome = Write(shape);
        _path.RemoveAt(_path.Count - 1);
        return outcome;
    }

    private static Outcome Worse(Outcome one, Outcome other) => one > other ? one : other;

    private readonly void Report()
    {
        var pointer = "/" + string.Join('/', _path);
        if (!_unread.Contains(pointer))
        {
            _unread.Add(pointer);
        }
    }
}
