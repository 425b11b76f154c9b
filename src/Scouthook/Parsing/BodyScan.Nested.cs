using System.Text.Json;
using Scouthook.Json;

namespace Scouthook.Parsing;

/// <content>
/// Objects and lists inside the body. Every loop ends with <c>Skip</c>, which skips the rest of the current value:
/// nothing after a scalar or a value already read, a whole object otherwise. Every reader first clears its fields, so
/// that of a member given twice, or given as <c>null</c> the second time, only the last counts.
/// </content>
internal ref partial struct BodyScan
{
    private static void ReadPerson(ref Utf8JsonReader reader, ref ScannedPerson person)
    {
        person = default;
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            // A person given only by id.
            person.Id = Integer(ref reader);
            return;
        }

        while (NextMember(ref reader))
        {
            if (Is(ref reader, "id"u8))
            {
                person.Id = Integer(ref reader);
            }
            else if (Is(ref reader, "type"u8))
            {
                person.Type = Text(ref reader);
            }
            else if (Is(ref reader, "first"u8) || Is(ref reader, "firstName"u8))
            {
                person.First = Text(ref reader);
            }
            else if (Is(ref reader, "last"u8) || Is(ref reader, "lastName"u8))
            {
                person.Last = Text(ref reader);
            }
            else if (Is(ref reader, "email"u8))
            {
                person.OwnEmail = Text(ref reader);
            }
            else if (Is(ref reader, "_embedded"u8))
            {
                ReadEmbeddedEmails(ref reader, ref person);
            }

            reader.Skip();
        }
    }

    private void ReadEmbedded(ref Utf8JsonReader reader)
    {
        ForgetThreads();
        ForgetChatEvents();
        EmbeddedCustomer = default;
        Self.FirstEmail = default;
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return;
        }

        while (NextMember(ref reader))
        {
            if (Is(ref reader, "threads"u8))
            {
                ReadThreads(ref reader);
            }
            else if (Is(ref reader, "events"u8))
            {
                ReadChatEvents(ref reader);
            }
            else if (Is(ref reader, "emails"u8))
            {
                ReadFirstEmail(ref reader, ref Self);
            }
            else if (Is(ref reader, "customer"u8))
            {
                ReadPerson(ref reader, ref EmbeddedCustomer);
            }

            reader.Skip();
        }
    }

    private static void ReadEmbeddedEmails(ref Utf8JsonReader reader, ref ScannedPerson person)
    {
        person.FirstEmail = default;
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return;
        }

        while (NextMember(ref reader))
        {
            if (Is(ref reader, "emails"u8))
            {
                ReadFirstEmail(ref reader, ref person);
            }

            reader.Skip();
        }
    }

    private static void ReadFirstEmail(ref Utf8JsonReader reader, ref ScannedPerson person)
    {
        person.FirstEmail = default;
        var list = ListForm.Of(ref reader);
        while (list.MoveNext(ref reader))
        {
            if (person.FirstEmail.IsEmpty)
            {
                person.FirstEmail = TextOrMember(ref reader, "value"u8);
            }

            reader.Skip();
        }
    }

    /// <summary>Reads a text, or the member of an object that represents the whole.</summary>
    private static JsonText TextOrMember(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return reader.TokenType is JsonTokenType.String or JsonTokenType.Number ? Text(ref reader) : default;
        }

        JsonText text = default;
        while (NextMember(ref reader))
        {
            if (Is(ref reader, name))
            {
                text = Text(ref reader);
            }

            reader.Skip();
        }

        return text;
    }

    private void ReadLinks(ref Utf8JsonReader reader)
    {
        SelfLink = default;
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return;
        }

        while (NextMember(ref reader))
        {
            if (Is(ref reader, "self"u8))
            {
                SelfLink = reader.TokenType is JsonTokenType.StartObject ? TextOrMember(ref reader, "href"u8) : default;
            }

            reader.Skip();
        }
    }

    private void ReadAvailability(ref Utf8JsonReader reader)
    {
        EmailUpdatedAt = null;
        EmailStatus = default;
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return;
        }

        while (NextMember(ref reader))
        {
            if (Is(ref reader, "updatedAt"u8))
            {
                EmailUpdatedAt = Instant(ref reader);
            }
            else if (Is(ref reader, "status"u8))
            {
                EmailStatus = Text(ref reader);
            }

            reader.Skip();
        }
    }

    private void ReadSurveyMessage(ref Utf8JsonReader reader)
    {
        MessageName = default;
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return;
        }

        while (NextMember(ref reader))
        {
            if (Is(ref reader, "name"u8))
            {
                MessageName = Text(ref reader);
            }

            reader.Skip();
        }
    }

    private void ReadSurveyAnswer(ref Utf8JsonReader reader)
    {
        RespondedAt = null;
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return;
        }

        while (NextMember(ref reader))
        {
            if (Is(ref reader, "timestamp"u8))
            {
                RespondedAt = Instant(ref reader);
            }

            reader.Skip();
        }
    }

    private static bool NextMember(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType is JsonTokenType.PropertyName;

    /// <summary>Returns whether the reader is at a member of this name; if so, moves on to its value.</summary>
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType is not JsonTokenType.PropertyName
            || !(reader.ValueIsEscaped ? IsEscaped(ref reader, name) : reader.ValueSpan.SequenceEqual(name)))
        {
            return false;
        }

        reader.Read();
        return true;
    }

    // The reader's own comparison throws at a lone surrogate, which JSON allows.
    private static bool IsEscaped(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        Span<byte> unescaped = stackalloc byte[MaxNameLength];
        return new JsonText(reader.ValueSpan, true).TryDecodeAscii(unescaped, out var length)
            && unescaped[..length].SequenceEqual(name);
    }

    private static JsonText Text(scoped ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => new JsonText(reader.ValueSpan, reader.ValueIsEscaped),
        JsonTokenType.Number => new JsonText(reader.ValueSpan, false),
        JsonTokenType.True => new JsonText("true"u8, false),
        JsonTokenType.False => new JsonText("false"u8, false),
        _ => default,
    };

    private static long? Integer(ref Utf8JsonReader reader) =>
        HelpScoutNumber.TryRead(ref reader, out var number) ? number : null;

    private static DateTimeOffset? Instant(ref Utf8JsonReader reader) =>
        HelpScoutInstant.TryRead(ref reader, out var instant) ? instant.ToUniversalTime() : null;
}
