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
            ConversationEvent conversation => Reference(ResourceKind.Conversation, conversation.ConversationId),
            CustomerEvent customer => Reference(ResourceKind.Customer, customer.CustomerId),
            RatingEvent rating => Reference(ResourceKind.Rating, rating.Rating.Id),
            BeaconChatEvent chat => new ResourceReference(ResourceKind.Chat, Line(chat.Chat.Id)!),
            TagEvent tag => Reference(ResourceKind.Tag, tag.TagId),
            OrganizationEvent organization => Reference(ResourceKind.Organization, organization.OrganizationId),
            UserStatusEvent user => Reference(ResourceKind.User, user.Status.UserId),
            _ => (ResourceReference?)null,
        };
        var ordersWith = typed is RatingEvent { Rating.ConversationId: { } conversationId }
            ? Reference(ResourceKind.Conversation, conversationId)
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
        CustomerCreated created => created.Customer.CreatedAt,
        TagCreated created => created.Tag.CreatedAt,
        BeaconChatCreated created => created.Chat.CreatedAt,
        BeaconChatCustomerReplied replied => replied.Chat.Embedded.Events
            .Where(chatEvent => chatEvent.Type == ChatEventType.Message && chatEvent.Author?.Type == PersonType.Customer)
            .Max(chatEvent => chatEvent.CreatedAt),
        _ => ThreadOf(typed)?.CreatedAt,
    };

    private static ConversationThread? ThreadOf(HelpScoutEvent typed)
    {
        string[] talks = ["chat", "beaconchat", "phone"];
        return typed.Payload is not Conversation conversation ? null : conversation.Embedded.Threads
            .Where(thread => thread.State == ConversationThreadState.Published && typed switch
            {
                CustomerReplyCreated => thread.Type == ConversationThreadType.Customer
                    || (thread.CreatedBy?.Type == PersonType.Customer && talks.Contains(thread.Type?.Text)),
                AgentReplyCreated => thread.Type?.Text is "message" or "reply",
                NoteCreated => thread.Type == ConversationThreadType.Note,
                _ => false,
            })
            .OrderByDescending(thread => thread.CreatedAt ?? DateTimeOffset.MinValue)
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
        Conversation conversation => new EventFacts
        {
            State = EventState.Ok,
            ChangedAt = (conversation.UserUpdatedAt ?? conversation.CreatedAt)?.ToUniversalTime(),
            ConversationId = conversation.Id,
            ConversationNumber = conversation.Number,
            MailboxId = conversation.MailboxId,
            CustomerId = conversation.PrimaryCustomer?.Id,
            CustomerEmail = Line(conversation.PrimaryCustomer?.Email),
            Title = Line(conversation.Subject) ?? Line(conversation.Preview),
            TitleIsPreview = Line(conversation.Subject) is null,
            Actor = typed switch
            {
                ConversationCreated or ConversationCreatedByAiAnswers => Name(conversation.CreatedBy),
                CustomerReplyCreated or AgentReplyCreated or NoteCreated => Name(ThreadOf(typed)?.CreatedBy),
                ConversationStatusChanged => conversation.ClosedByUser?.Id > 0 ? Name(conversation.ClosedByUser) : null,
                _ => null,
            },
        },
        Customer customer => new EventFacts
        {
            State = EventState.Ok,
            ChangedAt = (customer.UpdatedAt ?? customer.CreatedAt)?.ToUniversalTime(),
            CustomerId = customer.Id,
            CustomerEmail = FirstEmail(customer),
            Title = Name(customer.FirstName, customer.LastName, FirstEmail(customer)),
        },
        Rating rating => new EventFacts
        {
            State = EventState.Ok,
            ChangedAt = (rating.ModifiedAt ?? rating.CreatedAt)?.ToUniversalTime(),
            ConversationId = rating.ConversationId,
            ConversationNumber = rating.ConversationNumber,
            MailboxId = rating.MailboxId,
            CustomerId = rating.Customer?.Id,
            CustomerEmail = Line(rating.Customer?.Email),
            Title = Line(rating.Comments) ?? Line(rating.Value?.Text),
            TitleIsPreview = Line(rating.Comments) is not null,
            Actor = Name(rating.Customer?.FirstName, rating.Customer?.LastName, rating.Customer?.Email),
        },
        BeaconChat chat => new EventFacts
        {
            State = EventState.Ok,
            ChangedAt = (chat.Embedded.Events.Max(chatEvent => chatEvent.CreatedAt) ?? chat.CreatedAt)?.ToUniversalTime(),
            MailboxId = chat.MailboxId,
            CustomerId = chat.Customer?.Id,
            CustomerEmail = Line(chat.Customer?.Email),
            Title = Line(chat.Preview),
            TitleIsPreview = true,
            Actor = Name(chat.Customer),
        },
        Tag tag => new EventFacts
        {
            State = EventState.Ok,
            ChangedAt = (tag.UpdatedAt ?? tag.CreatedAt)?.ToUniversalTime(),
            Title = Line(tag.Name),
        },
        Organization organization => new EventFacts { State = EventState.Ok, Title = Line(organization.Name) },
        UserStatus status => new EventFacts
        {
            State = EventState.Ok,
            ChangedAt = status.Email?.UpdatedAt?.ToUniversalTime(),
            Title = Line(status.Email?.Status?.Text),
        },
        SurveyResponse response => new EventFacts
        {
            State = EventState.Ok,
            ChangedAt = response.Response?.Timestamp?.ToUniversalTime(),
            CustomerId = typed.UnreadMembers.Contains("/_embedded/customer/id") ? null : response.Embedded.Customer?.Id,
            CustomerEmail = FirstEmail(response.Embedded.Customer),
            Title = Line(response.Message?.Name),
            Actor = response.Embedded.Customer is { } customer
                ? Name(customer.FirstName, customer.LastName, FirstEmail(customer))
                : null,
        },
        DeletedResource deleted => new EventFacts
        {
            State = EventState.Ok,
            ConversationId = typed is ConversationDeleted ? deleted.Id : null,
            CustomerId = typed is CustomerDeleted ? deleted.Id : null,
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
