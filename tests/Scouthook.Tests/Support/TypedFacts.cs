using System.Globalization;
using System.Text;
using System.Text.Json;
using Scouthook.Events;
using Scouthook.Json;
using Scouthook.Parsing;
using Scouthook.Payloads;

namespace Scouthook.Tests.Support;

/// <summary>
/// The facts of a typed event, derived from its typed payload: an independent check of the one-pass scan.
/// </summary>
internal static class TypedFacts
{
    public static EventFacts Of(HelpScoutEvent typed)
    {
        var facts = OfPayload(typed);
        var resource = typed switch
        {
            ConversationEvent it => Reference(ResourceKind.Conversation, it.ConversationId),
            CustomerEvent it => Reference(ResourceKind.Customer, it.CustomerId),
            RatingEvent it => Reference(ResourceKind.Rating, it.Rating.Id),
            BeaconChatEvent it => new ResourceReference(ResourceKind.Chat, Line(it.Chat.Id)!),
            TagEvent it => Reference(ResourceKind.Tag, it.TagId),
            OrganizationEvent it => Reference(ResourceKind.Organization, it.OrganizationId),
            UserStatusEvent it => Reference(ResourceKind.User, it.Status.UserId),
            _ => (ResourceReference?)null,
        };
        var ordersWith = typed is RatingEvent { Rating.ConversationId: { } conversation }
            ? Reference(ResourceKind.Conversation, conversation)
            : resource;
        return facts with
        {
            StateReason = IsV1(typed) ? V1Members.Reason : null,
            Resource = resource,
            OrdersWith = ordersWith,
            OccurredAt = HappenedAt(typed)?.ToUniversalTime() ?? facts.ChangedAt,
        };
    }

    private static DateTimeOffset? HappenedAt(HelpScoutEvent typed) => typed switch
    {
        ConversationCreated or ConversationCreatedByAiAnswers => ((Conversation)typed.Payload!).CreatedAt,
        CustomerCreated it => it.Customer.CreatedAt,
        TagCreated it => it.Tag.CreatedAt,
        BeaconChatCreated it => it.Chat.CreatedAt,
        BeaconChatCustomerReplied it => it.Chat.Embedded.Events
            .Where(chatEvent => chatEvent.Type == ChatEventType.Message && chatEvent.Author?.Type == PersonType.Customer)
            .Max(chatEvent => chatEvent.CreatedAt),
        _ => ThreadOf(typed)?.CreatedAt,
    };

    private static ConversationThread? ThreadOf(HelpScoutEvent typed)
    {
        string[] talks = ["chat", "beaconchat", "phone"];
        return typed.Payload is not Conversation conversation ? null : conversation.Embedded.Threads
            .Where(it => it.State == ConversationThreadState.Published && typed switch
            {
                CustomerReplyCreated => it.Type == ConversationThreadType.Customer
                    || (it.CreatedBy?.Type == PersonType.Customer && talks.Contains(it.Type?.Text)),
                AgentReplyCreated => it.Type?.Text is "message" or "reply",
                NoteCreated => it.Type == ConversationThreadType.Note,
                _ => false,
            })
            .OrderByDescending(it => it.CreatedAt ?? DateTimeOffset.MinValue)
            .FirstOrDefault();
    }

    private static bool IsV1(HelpScoutEvent typed)
    {
        string[] members = typed.Payload switch
        {
            Conversation => ["owner", "mailbox", "isDraft", "modifiedAt", "threadCount"],
            Customer => ["emails", "phones", "modifiedAt", "socialProfiles"],
            Rating => ["mailbox", "ticketId"],
            _ => [],
        };
        var mark = typed.Body.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
        return members.Length > 0 && MemberNames(typed.Body.Span[mark..]) is var names
            && !names.Contains("_links") && names.Overlaps(members);
    }

    // Not JsonDocument, which cannot read a lone surrogate in a name.
    private static HashSet<string> MemberNames(ReadOnlySpan<byte> body)
    {
        var names = new HashSet<string>();
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            names.Add(JsonText.Of(ref reader).Decode());
            reader.Read();
            reader.Skip();
        }

        return names;
    }

    private static EventFacts OfPayload(HelpScoutEvent typed) => typed.Payload switch
    {
        Conversation it => new EventFacts
        {
            State = EventState.Ok,
            ChangedAt = (it.UserUpdatedAt ?? it.CreatedAt)?.ToUniversalTime(),
            ConversationId = it.Id,
            ConversationNumber = it.Number,
            MailboxId = it.MailboxId,
            CustomerId = it.PrimaryCustomer?.Id,
            CustomerEmail = Line(it.PrimaryCustomer?.Email),
            Title = Line(it.Subject) ?? Line(it.Preview),
            TitleIsPreview = Line(it.Subject) is null,
            Actor = typed switch
            {
                ConversationCreated or ConversationCreatedByAiAnswers => Name(it.CreatedBy),
                CustomerReplyCreated or AgentReplyCreated or NoteCreated => Name(ThreadOf(typed)?.CreatedBy),
                ConversationStatusChanged => it.ClosedByUser?.Id > 0 ? Name(it.ClosedByUser) : null,
                _ => null,
            },
        },
        Customer it => new EventFacts
        {
            State = EventState.Ok,
            ChangedAt = (it.UpdatedAt ?? it.CreatedAt)?.ToUniversalTime(),
            CustomerId = it.Id,
            CustomerEmail = FirstEmail(it),
            Title = Name(it.FirstName, it.LastName, FirstEmail(it)),
        },
        Rating it => new EventFacts
        {
            State = EventState.Ok,
            ChangedAt = (it.ModifiedAt ?? it.CreatedAt)?.ToUniversalTime(),
            ConversationId = it.ConversationId,
            ConversationNumber = it.ConversationNumber,
            MailboxId = it.MailboxId,
            CustomerId = it.Customer?.Id,
            CustomerEmail = Line(it.Customer?.Email),
            Title = Line(it.Comments) ?? Line(it.Value?.Text),
            TitleIsPreview = Line(it.Comments) is not null,
            Actor = Name(it.Customer?.FirstName, it.Customer?.LastName, it.Customer?.Email),
        },
        BeaconChat it => new EventFacts
        {
            State = EventState.Ok,
            ChangedAt = (it.Embedded.Events.Max(chatEvent => chatEvent.CreatedAt) ?? it.CreatedAt)?.ToUniversalTime(),
            MailboxId = it.MailboxId,
            CustomerId = it.Customer?.Id,
            CustomerEmail = Line(it.Customer?.Email),
            Title = Line(it.Preview),
            TitleIsPreview = true,
            Actor = Name(it.Customer),
        },
        Tag it => new EventFacts
        {
            State = EventState.Ok,
            ChangedAt = (it.UpdatedAt ?? it.CreatedAt)?.ToUniversalTime(),
            Title = Line(it.Name),
        },
        Organization it => new EventFacts { State = EventState.Ok, Title = Line(it.Name) },
        UserStatus it => new EventFacts
        {
            State = EventState.Ok,
            ChangedAt = it.Email?.UpdatedAt?.ToUniversalTime(),
            Title = Line(it.Email?.Status?.Text),
        },
        SurveyResponse it => new EventFacts
        {
            State = EventState.Ok,
            ChangedAt = it.Response?.Timestamp?.ToUniversalTime(),
            CustomerId = typed.UnreadMembers.Contains("/_embedded/customer/id") ? null : it.Embedded.Customer?.Id,
            CustomerEmail = FirstEmail(it.Embedded.Customer),
            Title = Line(it.Message?.Name),
            Actor = it.Embedded.Customer is { } customer
                ? Name(customer.FirstName, customer.LastName, FirstEmail(customer))
                : null,
        },
        DeletedResource it => new EventFacts
        {
            State = EventState.Ok,
            ConversationId = typed is ConversationDeleted ? it.Id : null,
            CustomerId = typed is CustomerDeleted ? it.Id : null,
        },
        _ => throw new InvalidOperationException($"No facts are known of {typed.GetType()}."),
    };

    private static ResourceReference Reference(ResourceKind kind, long id) =>
        new(kind, id.ToString(CultureInfo.InvariantCulture));

    private static string? FirstEmail(Customer? customer) =>
        Line(customer?.Embedded.Emails.FirstOrDefault(entry => !string.IsNullOrEmpty(entry.Value))?.Value);

    private static string? Name(Person? person) => Name(person?.First, person?.Last, person?.Email);

    private static string? Name(string? first, string? last, string? email)
    {
        var parts = new[] { Line(first), Line(last) }.OfType<string>().ToList();
        var name = string.Join(' ', parts);
        return parts.Count == 0 ? Line(email) : name.Length > 200 ? parts[0] : name;
    }

    /// <summary>Returns one line of at most 200 characters, without splitting a surrogate pair.</summary>
    private static string? Line(string? text)
    {
        var line = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > 200)
            {
                break;
            }

            line.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        var trimmed = line.ToString().Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }
}
