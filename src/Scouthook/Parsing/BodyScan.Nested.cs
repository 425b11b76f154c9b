using System.Text.Json;

namespace Scouthook.Parsing;

/// <content>
/// Objects and lists inside the body. Every loop ends with <c>Skip</c>, which passes over whatever is left of the
/// current value: nothing after a scalar or a value already read, a whole object otherwise.
/// </content>
internal ref partial struct BodyScan
{
    private static void ReadPerson(ref Utf8JsonReader reader, ref ScannedPerson person)
    {
        person = default;
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "id"u8))
            {
                person.Id = Integer(ref reader);
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
                person.Email = Text(ref reader);
            }
            else if (IsObject(ref reader, "_embedded"u8))
            {
                ReadEmbeddedEmails(ref reader, ref person);
            }

            reader.Skip();
        }
    }

    private void ReadEmbedded(ref Utf8JsonReader reader)
    {
        while (NextMember(ref reader))
        {
            if (IsArray(ref reader, "threads"u8))
            {
                ReadNewestThread(ref reader);
            }
            else if (IsArray(ref reader, "events"u8))
            {
                ReadChatEvents(ref reader);
            }
            else if (IsArray(ref reader, "emails"u8))
            {
                ReadFirstEmail(ref reader, ref Self);
            }
            else if (IsObject(ref reader, "customer"u8))
            {
                ReadPerson(ref reader, ref Customer);
            }

            reader.Skip();
        }
    }

    // Threads come newest first.
    private void ReadNewestThread(ref Utf8JsonReader reader)
    {
        for (var first = true; NextItem(ref reader); first = false)
        {
            if (first && reader.TokenType is JsonTokenType.StartObject)
            {
                while (NextMember(ref reader))
                {
                    if (IsObject(ref reader, "createdBy"u8))
                    {
                        ReadPerson(ref reader, ref NewestThreadAuthor);
                    }

                    reader.Skip();
                }
            }

            reader.Skip();
        }
    }

    private void ReadChatEvents(ref Utf8JsonReader reader)
    {
        while (NextItem(ref reader))
        {
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                ReadChatEvent(ref reader);
            }

            reader.Skip();
        }
    }

    private void ReadChatEvent(ref Utf8JsonReader reader)
    {
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "createdAt"u8) && Instant(ref reader) is { } at && !(at <= NewestChatEventAt))
            {
                NewestChatEventAt = at;
            }

            reader.Skip();
        }
    }

    private static void ReadEmbeddedEmails(ref Utf8JsonReader reader, ref ScannedPerson person)
    {
        while (NextMember(ref reader))
        {
            if (IsArray(ref reader, "emails"u8))
            {
                ReadFirstEmail(ref reader, ref person);
            }

            reader.Skip();
        }
    }

    private static void ReadFirstEmail(ref Utf8JsonReader reader, ref ScannedPerson person)
    {
        while (NextItem(ref reader))
        {
            if (reader.TokenType is JsonTokenType.StartObject && person.Email.IsEmpty)
            {
                person.Email = ReadEmail(ref reader);
            }

            reader.Skip();
        }
    }

    private static JsonText ReadEmail(scoped ref Utf8JsonReader reader)
    {
        JsonText email = default;
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "value"u8))
            {
                email = Text(ref reader);
            }

            reader.Skip();
        }

        return email;
    }

    private void ReadLinks(ref Utf8JsonReader reader)
    {
        while (NextMember(ref reader))
        {
            if (IsObject(ref reader, "self"u8))
            {
                while (NextMember(ref reader))
                {
                    if (Is(ref reader, "href"u8))
                    {
                        SelfLink = Text(ref reader);
                    }

                    reader.Skip();
                }
            }

            reader.Skip();
        }
    }

    private void ReadAvailability(ref Utf8JsonReader reader)
    {
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

    private static bool NextItem(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType is not JsonTokenType.EndArray;

    /// <summary>Whether the reader stands at a member of this name; if so, moves on to its value.</summary>
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType is not JsonTokenType.PropertyName || !reader.ValueTextEquals(name))
        {
            return false;
        }

        reader.Read();
        return true;
    }

    private static bool IsObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        Is(ref reader, name) && reader.TokenType is JsonTokenType.StartObject;

    private static bool IsArray(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        Is(ref reader, name) && reader.TokenType is JsonTokenType.StartArray;

    private static JsonText Text(scoped ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String ? new JsonText(reader.ValueSpan, reader.ValueIsEscaped) : default;

    private static long? Integer(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : null;

    private static DateTimeOffset? Instant(ref Utf8JsonReader reader) =>
        HelpScoutInstant.TryRead(ref reader, out var instant) ? instant.ToUniversalTime() : null;
}
