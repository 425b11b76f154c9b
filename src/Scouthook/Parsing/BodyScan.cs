using System.Text.Json;
using Scouthook.Json;

namespace Scouthook.Parsing;

/// <summary>
/// Scans a body once: notes the members required for routing and lists, skips the rest, builds no objects.
/// </summary>
/// <remarks>
/// It does not know which event it reads. The members of all families are noted as they occur, and
/// <see cref="FactsReader"/> decides what they mean. If a member is given twice the last one counts, as for typed
/// payloads.
/// </remarks>
internal ref partial struct BodyScan
{
    private const int MaxNameLength = 32;

    /// <summary>The families whose own members were found.</summary>
    public PayloadFamilies Marks;

    /// <summary>The shapes for which a member was found that only V1 bodies have.</summary>
    public PayloadFamilies V1Marks;

    public JsonTokenType Root;
    public bool HasLinks;
    public bool HasOtherThanId;
    public ScannedId Id;
    public ScannedId UserId;
    public long? Number;
    public long? MailboxId;
    public long? ConversationId;
    public long? ConversationNumber;
    public DateTimeOffset? CreatedAt;
    public DateTimeOffset? UpdatedAt;
    public DateTimeOffset? UserUpdatedAt;
    public DateTimeOffset? ModifiedAt;
    public DateTimeOffset? EmailUpdatedAt;
    public DateTimeOffset? RespondedAt;
    public DateTimeOffset? NewestChatEventAt;
    public DateTimeOffset? NewestVisitorMessageAt;
    public JsonText Subject;
    public JsonText Preview;
    public JsonText Name;
    public JsonText Rating;
    public JsonText Comments;
    public JsonText EmailStatus;
    public JsonText MessageName;
    public JsonText SelfLink;
    public JsonText ApiAddress;
    public int ApiAddresses;

    /// <summary>The resource itself, if it is a customer.</summary>
    public ScannedPerson Self;
    public ScannedPerson CreatedBy;
    public ScannedPerson ClosedBy;
    public ScannedPerson Customer;
    public ScannedPerson PrimaryCustomer;
    public ScannedPerson EmbeddedCustomer;
    public ScannedMoment CustomerReply;
    public ScannedMoment AgentReply;
    public ScannedMoment Note;

    /// <exception cref="JsonException">The body is not JSON.</exception>
    public void Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        Root = reader.TokenType;
        if (Root is not JsonTokenType.StartObject)
        {
            reader.Skip();
            reader.Read();
            return;
        }

        Span<byte> unescaped = stackalloc byte[MaxNameLength];
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            scoped var name = reader.ValueSpan;
            if (reader.ValueIsEscaped)
            {
                name = new JsonText(name, true).TryDecodeAscii(unescaped, out var length) ? unescaped[..length] : default;
            }

            reader.Read();
            ReadMember(name, ref reader);
        }

        // Anything after the object makes the reader throw.
        reader.Read();
    }

    private void ReadMember(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        if (name.SequenceEqual("id"u8))
        {
            Id = ScannedId.Read(ref reader);
            reader.Skip();
            return;
        }

        HasOtherThanId = true;
        Marks |= PayloadFamiliesReader.Of(name);
        V1Marks |= V1Members.Of(name);
        if (reader.TokenType is JsonTokenType.String)
        {
            NoteAddress(ref reader);
        }

        // Whatever its kind: if a member is given twice the last one counts, even if it cannot be read.
        switch (name.Length)
        {
            case 4 when name.SequenceEqual("name"u8):
                Name = Text(ref reader);
                break;
            case 5 when name.SequenceEqual("email"u8):
                ReadAvailability(ref reader);
                break;
            case 6:
                ReadMemberOfSixLetters(name, ref reader);
                break;
            case 7 when name.SequenceEqual("subject"u8):
                Subject = Text(ref reader);
                break;
            case 7 when name.SequenceEqual("preview"u8):
                Preview = Text(ref reader);
                break;
            case 7 when name.SequenceEqual("message"u8):
                ReadSurveyMessage(ref reader);
                break;
            case 8 when name.SequenceEqual("comments"u8):
                Comments = Text(ref reader);
                break;
            case 8 when name.SequenceEqual("lastName"u8):
                Self.Last = Text(ref reader);
                break;
            case 8 when name.SequenceEqual("response"u8):
                ReadSurveyAnswer(ref reader);
                break;
            case 8 when name.SequenceEqual("customer"u8):
                ReadPerson(ref reader, ref Customer);
                break;
            case 9:
                ReadMemberOfNineLetters(name, ref reader);
                break;
            case 10 when name.SequenceEqual("modifiedAt"u8):
                ModifiedAt = Instant(ref reader);
                break;
            case 12 when name.SequenceEqual("closedByUser"u8):
                ReadPerson(ref reader, ref ClosedBy);
                break;
            case 13 when name.SequenceEqual("userUpdatedAt"u8):
                UserUpdatedAt = Instant(ref reader);
                break;
            case 14 when name.SequenceEqual("conversationId"u8):
                ConversationId = Integer(ref reader);
                break;
            case 15 when name.SequenceEqual("primaryCustomer"u8):
                ReadPerson(ref reader, ref PrimaryCustomer);
                break;
            case 18 when name.SequenceEqual("conversationNumber"u8):
                ConversationNumber = Integer(ref reader);
                break;
        }

        reader.Skip();
    }

    private void ReadMemberOfSixLetters(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        if (name.SequenceEqual("number"u8))
        {
            Number = Integer(ref reader);
        }
        else if (name.SequenceEqual("userId"u8))
        {
            UserId = ScannedId.Read(ref reader);
        }
        else if (name.SequenceEqual("rating"u8))
        {
            Rating = Text(ref reader);
        }
        else if (name.SequenceEqual("_links"u8))
        {
            HasLinks = true;
            ReadLinks(ref reader);
        }
    }

    private void ReadMemberOfNineLetters(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        if (name.SequenceEqual("mailboxId"u8))
        {
            MailboxId = Integer(ref reader);
        }
        else if (name.SequenceEqual("firstName"u8))
        {
            Self.First = Text(ref reader);
        }
        else if (name.SequenceEqual("createdAt"u8))
        {
            CreatedAt = Instant(ref reader);
        }
        else if (name.SequenceEqual("updatedAt"u8))
        {
            UpdatedAt = Instant(ref reader);
        }
        else if (name.SequenceEqual("createdBy"u8))
        {
            ReadPerson(ref reader, ref CreatedBy);
        }
        else if (name.SequenceEqual("_embedded"u8))
        {
            ReadEmbedded(ref reader);
        }
    }

    private void NoteAddress(ref Utf8JsonReader reader)
    {
        var text = Text(ref reader);
        if (text.StartsWith(FactsReader.ApiRoot))
        {
            ApiAddress = text;
            ApiAddresses++;
        }
    }
}
