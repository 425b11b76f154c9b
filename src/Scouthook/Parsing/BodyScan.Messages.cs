using System.Text.Json;
using Scouthook.Json;

namespace Scouthook.Parsing;

/// <content>
/// Threads and chat events: which of them is the one that an event reports. The body does not say so, and their order
/// is not documented. It is the newest published thread whose type fits the event; line items, drafts, forwards and
/// automatic changes never are.
/// </content>
internal ref partial struct BodyScan
{
    private void ForgetThreads()
    {
        CustomerReply = default;
        AgentReply = default;
        Note = default;
    }

    private void ForgetChatEvents()
    {
        NewestChatEventAt = null;
        NewestVisitorMessageAt = null;
    }

    private void ReadThreads(ref Utf8JsonReader reader)
    {
        ForgetThreads();
        var list = ListForm.Of(ref reader);
        while (list.MoveNext(ref reader))
        {
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                ReadThread(ref reader);
            }

            reader.Skip();
        }
    }

    private void ReadThread(ref Utf8JsonReader reader)
    {
        JsonText type = default;
        JsonText state = default;
        DateTimeOffset? createdAt = null;
        ScannedPerson author = default;
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "type"u8))
            {
                type = Text(ref reader);
            }
            else if (Is(ref reader, "state"u8))
            {
                state = Text(ref reader);
            }
            else if (Is(ref reader, "createdAt"u8))
            {
                createdAt = Instant(ref reader);
            }
            else if (Is(ref reader, "createdBy"u8))
            {
                ReadPerson(ref reader, ref author);
            }

            reader.Skip();
        }

        if (!state.Is("published"))
        {
            return;
        }

        if (type.Is("note"))
        {
            Note.Note(createdAt, author);
        }
        else if (type.Is("message") || type.Is("reply"))
        {
            AgentReply.Note(createdAt, author);
        }
        else if (type.Is("customer") || (IsSpoken(type) && author.Type.Is("customer")))
        {
            CustomerReply.Note(createdAt, author);
        }
    }

    /// <summary>
    /// Returns whether a thread of this type is by a customer or a user, which only its author shows.
    /// </summary>
    private static bool IsSpoken(JsonText type) => type.Is("chat") || type.Is("beaconchat") || type.Is("phone");

    private void ReadChatEvents(ref Utf8JsonReader reader)
    {
        ForgetChatEvents();
        var list = ListForm.Of(ref reader);
        while (list.MoveNext(ref reader))
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
        JsonText type = default;
        DateTimeOffset? createdAt = null;
        ScannedPerson author = default;
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "type"u8))
            {
                type = Text(ref reader);
            }
            else if (Is(ref reader, "createdAt"u8))
            {
                createdAt = Instant(ref reader);
            }
            else if (Is(ref reader, "author"u8))
            {
                ReadPerson(ref reader, ref author);
            }

            reader.Skip();
        }

        NewestChatEventAt = Newer(NewestChatEventAt, createdAt);
        if (type.Is("message") && author.Type.Is("customer"))
        {
            NewestVisitorMessageAt = Newer(NewestVisitorMessageAt, createdAt);
        }
    }

    private static DateTimeOffset? Newer(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other > one ? other ?? one : one;
}
