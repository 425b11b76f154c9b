using Scouthook.Events;
using Scouthook.Payloads;

namespace Scouthook.Parsing;

/// <summary>Reads the members of a readable body, family by family.</summary>
internal static class ReadableFacts
{
    private const int MaxLine = 200;

    public static EventFacts Of(HelpScoutEventType type, ref BodyScan scan)
    {
        var resource = type.Resource is { } kind
            ? (kind is ResourceKind.User ? scan.UserId : scan.Id).AsReference(kind)
            : null;
        var changedAt = ChangedAt(type.Shape, ref scan);
        var facts = new EventFacts
        {
            State = EventState.Ok,
            StateReason = IsV1(type, ref scan) ? V1Members.Reason : null,
            Resource = resource,
            OrdersWith = resource,
            OccurredAt = HappenedAt(type, ref scan) ?? changedAt,
            ChangedAt = changedAt,
            Actor = Actor(type, ref scan),
        };

        return type.Shape switch
        {
            PayloadShape.Conversation => facts with
            {
                ConversationId = scan.Id.Number,
                ConversationNumber = scan.Number,
                MailboxId = scan.MailboxId,
                CustomerId = scan.PrimaryCustomer.Id,
                CustomerEmail = scan.PrimaryCustomer.Email.Excerpt(MaxLine),
                Title = scan.Subject.Excerpt(MaxLine) ?? scan.Preview.Excerpt(MaxLine),
                TitleIsPreview = scan.Subject.Excerpt(MaxLine) is null,
            },
            PayloadShape.Customer => facts with
            {
                CustomerId = scan.Id.Number,
                CustomerEmail = scan.Self.Email.Excerpt(MaxLine),
                Title = scan.Self.Name(MaxLine),
            },
            PayloadShape.Rating => facts with
            {
                OrdersWith = scan.ConversationId is { } conversation
                    ? ResourceReference.Of(ResourceKind.Conversation, conversation)
                    : resource,
                ConversationId = scan.ConversationId,
                ConversationNumber = scan.ConversationNumber,
                MailboxId = scan.MailboxId,
                CustomerId = scan.Customer.Id,
                CustomerEmail = scan.Customer.Email.Excerpt(MaxLine),
                Title = scan.Comments.Excerpt(MaxLine) ?? scan.Rating.Excerpt(MaxLine),
                TitleIsPreview = scan.Comments.Excerpt(MaxLine) is not null,
            },
            PayloadShape.Chat => facts with
            {
                MailboxId = scan.MailboxId,
                CustomerId = scan.Customer.Id,
                CustomerEmail = scan.Customer.Email.Excerpt(MaxLine),
                Title = scan.Preview.Excerpt(MaxLine),
                TitleIsPreview = true,
            },
            PayloadShape.Tag or PayloadShape.Organization => facts with { Title = scan.Name.Excerpt(MaxLine) },
            PayloadShape.UserStatus => facts with { Title = scan.EmailStatus.Excerpt(MaxLine) },
            PayloadShape.Survey => facts with
            {
                CustomerId = scan.EmbeddedCustomer.Id,
                CustomerEmail = scan.EmbeddedCustomer.Email.Excerpt(MaxLine),
                Title = scan.MessageName.Excerpt(MaxLine),
            },
            _ => facts with
            {
                ConversationId = resource is { Kind: ResourceKind.Conversation } ? scan.Id.Number : null,
                CustomerId = resource is { Kind: ResourceKind.Customer } ? scan.Id.Number : null,
            },
        };
    }

    /// <summary>Returns when the state in the body last changed.</summary>
    private static DateTimeOffset? ChangedAt(PayloadShape shape, ref BodyScan scan) => shape switch
    {
        PayloadShape.Conversation => scan.UserUpdatedAt ?? scan.CreatedAt,
        PayloadShape.Customer or PayloadShape.Tag => scan.UpdatedAt ?? scan.CreatedAt,
        PayloadShape.Rating => scan.ModifiedAt ?? scan.CreatedAt,
        PayloadShape.Chat => scan.NewestChatEventAt ?? scan.CreatedAt,
        PayloadShape.UserStatus => scan.EmailUpdatedAt,
        PayloadShape.Survey => scan.RespondedAt,
        _ => null,
    };

    /// <summary>Returns when it happened, if that differs from the last change of the resource.</summary>
    private static DateTimeOffset? HappenedAt(HelpScoutEventType type, ref BodyScan scan) => type.Meaning switch
    {
        EventMeaning.Created when type.Shape is not PayloadShape.Organization => scan.CreatedAt,
        EventMeaning.CustomerReplied => type.Shape is PayloadShape.Chat ? scan.NewestVisitorMessageAt : scan.CustomerReply.At,
        EventMeaning.AgentReplied => scan.AgentReply.At,
        EventMeaning.NoteAdded => scan.Note.At,
        _ => null,
    };

    /// <summary>
    /// Returns who did it, if the event's meaning and the body together show it; a guess would be worse than nothing.
    /// </summary>
    private static string? Actor(HelpScoutEventType type, ref BodyScan scan) => type.Shape switch
    {
        PayloadShape.Rating or PayloadShape.Chat => scan.Customer.Name(MaxLine),
        PayloadShape.Survey => scan.EmbeddedCustomer.Name(MaxLine),
        PayloadShape.Conversation => type.Meaning switch
        {
            EventMeaning.Created => scan.CreatedBy.Name(MaxLine),
            EventMeaning.CustomerReplied => scan.CustomerReply.Author.Name(MaxLine),
            EventMeaning.AgentReplied => scan.AgentReply.Author.Name(MaxLine),
            EventMeaning.NoteAdded => scan.Note.Author.Name(MaxLine),

            // No person is the user with id 0, spelled "unknown".
            EventMeaning.StatusChanged when scan.ClosedBy.Id > 0 => scan.ClosedBy.Name(MaxLine),
            _ => null,
        },
        _ => null,
    };

    private static bool IsV1(HelpScoutEventType type, ref BodyScan scan) =>
        !scan.HasLinks && (scan.V1Marks & (PayloadFamilies)(1 << (int)type.Shape)) != 0;
}
