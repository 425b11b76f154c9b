using System.Globalization;
using System.Text;
using Scouthook.Events;
using Scouthook.Parsing;
using Scouthook.Payloads;

namespace Scouthook.Tests.Support;

/// <summary>The facts of a typed event, worked out from its typed payload: the second opinion on the one-pass scan.</summary>
internal static class TypedFacts
{
    public static EventFacts Of(HelpScoutEvent typed)
    {
        var facts = OfPayload(typed);
        var resource = typed switch
        {
            ConversationEvent it => Reference(ResourceKind.Conversation, it.Conversation.Id),
            CustomerEvent it => Reference(ResourceKind.Customer, it.Customer.Id),
            RatingEvent it => Reference(ResourceKind.Rating, it.Rating.Id),
            BeaconChatEvent it => new ResourceReference(ResourceKind.Chat, Line(it.Chat.Id)!),
            TagEvent it => Reference(ResourceKind.Tag, it.Tag.Id),
            OrganizationEvent it => Reference(ResourceKind.Organization, it.Organization.Id),
            UserStatusEvent it => Reference(ResourceKind.User, it.Status.UserId),
            ConversationDeleted it => Reference(ResourceKind.Conversation, it.Deleted.Id),
            CustomerDeleted it => Reference(ResourceKind.Customer, it.Deleted.Id),
            TagDeleted it => Reference(ResourceKind.Tag, it.Deleted.Id),
            OrganizationDeleted it => Reference(ResourceKind.Organization, it.Deleted.Id),
            _ => (ResourceReference?)null,
        };
        var ordersWith = typed is RatingEvent { Rating.ConversationId: { } conversation }
            ? Reference(ResourceKind.Conversation, conversation)
            : resource;
        return facts with { Resource = resource, OrdersWith = ordersWith };
    }

    private static EventFacts OfPayload(HelpScoutEvent typed) => typed.Payload switch
    {
        Conversation it => new EventFacts
        {
            State = EventState.Ok,
            OccurredAt = (it.UserUpdatedAt ?? it.CreatedAt)?.ToUniversalTime(),
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
                CustomerReplyCreated or AgentReplyCreated or NoteCreated =>
                    Name(it.Embedded.Threads.Count == 0 ? null : it.Embedded.Threads[0].CreatedBy),
                ConversationStatusChanged => it.ClosedByUser?.Id > 0 ? Name(it.ClosedByUser) : null,
                _ => null,
            },
        },
        Customer it => new EventFacts
        {
            State = EventState.Ok,
            OccurredAt = (it.UpdatedAt ?? it.CreatedAt)?.ToUniversalTime(),
            CustomerId = it.Id,
            CustomerEmail = FirstEmail(it),
            Title = Name(it.FirstName, it.LastName, FirstEmail(it)),
        },
        Rating it => new EventFacts
        {
            State = EventState.Ok,
            OccurredAt = (it.ModifiedAt ?? it.CreatedAt)?.ToUniversalTime(),
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
            OccurredAt = (it.Embedded.Events.Max(chatEvent => chatEvent.CreatedAt) ?? it.CreatedAt)?.ToUniversalTime(),
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
            OccurredAt = (it.UpdatedAt ?? it.CreatedAt)?.ToUniversalTime(),
            Title = Line(it.Name),
        },
        Organization it => new EventFacts { State = EventState.Ok, Title = Line(it.Name) },
        UserStatus it => new EventFacts
        {
            State = EventState.Ok,
            OccurredAt = it.Email?.UpdatedAt?.ToUniversalTime(),
            Title = Line(it.Email?.Status?.Text),
        },
        SurveyResponse it => new EventFacts
        {
            State = EventState.Ok,
            OccurredAt = it.Response?.Timestamp?.ToUniversalTime(),
            CustomerId = it.Embedded.Customer?.Id,
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

    /// <summary>One line of at most 200 characters; a surrogate pair is not cut in two.</summary>
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
