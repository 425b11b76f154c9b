using Scouthook.Events;

namespace Scouthook.Parsing;

/// <summary>What the members of a readable body mean, family by family.</summary>
internal static class ReadableFacts
{
    public static EventFacts Of(HelpScoutEventType type, ref BodyScan scan, int maxLine)
    {
        var resource = type.Resource is { } kind
            ? (kind is ResourceKind.User ? scan.UserId : scan.Id).AsReference(kind)
            : null;

        return type.Shape switch
        {
            PayloadShape.Conversation => new EventFacts
            {
                State = EventState.Ok,
                Resource = resource,
                OrdersWith = resource,
                OccurredAt = scan.UserUpdatedAt ?? scan.CreatedAt,
                ConversationId = scan.Id.Number,
                ConversationNumber = scan.Number,
                MailboxId = scan.MailboxId,
                CustomerId = scan.PrimaryCustomer.Id,
                CustomerEmail = scan.PrimaryCustomer.Email.Excerpt(maxLine),
                Title = scan.Subject.Excerpt(maxLine) ?? scan.Preview.Excerpt(maxLine),
                TitleIsPreview = scan.Subject.Excerpt(maxLine) is null,
                Actor = ConversationActor(type.EventClass, ref scan, maxLine),
            },
            PayloadShape.Customer => new EventFacts
            {
                State = EventState.Ok,
                Resource = resource,
                OrdersWith = resource,
                OccurredAt = scan.UpdatedAt ?? scan.CreatedAt,
                CustomerId = scan.Id.Number,
                CustomerEmail = scan.Self.Email.Excerpt(maxLine),
                Title = scan.Self.Name(maxLine),
            },
            PayloadShape.Rating => new EventFacts
            {
                State = EventState.Ok,
                Resource = resource,
                OrdersWith = scan.ConversationId is { } conversation
                    ? ResourceReference.Of(ResourceKind.Conversation, conversation)
                    : resource,
                OccurredAt = scan.ModifiedAt ?? scan.CreatedAt,
                ConversationId = scan.ConversationId,
                ConversationNumber = scan.ConversationNumber,
                MailboxId = scan.MailboxId,
                CustomerId = scan.Customer.Id,
                CustomerEmail = scan.Customer.Email.Excerpt(maxLine),
                Title = scan.Comments.Excerpt(maxLine) ?? scan.Rating.Excerpt(maxLine),
                TitleIsPreview = scan.Comments.Excerpt(maxLine) is not null,
                Actor = scan.Customer.Name(maxLine),
            },
            PayloadShape.Chat => new EventFacts
            {
                State = EventState.Ok,
                Resource = resource,
                OrdersWith = resource,
                OccurredAt = scan.NewestChatEventAt ?? scan.CreatedAt,
                MailboxId = scan.MailboxId,
                CustomerId = scan.Customer.Id,
                CustomerEmail = scan.Customer.Email.Excerpt(maxLine),
                Title = scan.Preview.Excerpt(maxLine),
                TitleIsPreview = true,
                Actor = scan.Customer.Name(maxLine),
            },
            PayloadShape.Tag => new EventFacts
            {
                State = EventState.Ok,
                Resource = resource,
                OrdersWith = resource,
                OccurredAt = scan.UpdatedAt ?? scan.CreatedAt,
                Title = scan.Name.Excerpt(maxLine),
            },
            PayloadShape.Organization => new EventFacts
            {
                State = EventState.Ok,
                Resource = resource,
                OrdersWith = resource,
                Title = scan.Name.Excerpt(maxLine),
            },
            PayloadShape.UserStatus => new EventFacts
            {
                State = EventState.Ok,
                Resource = resource,
                OrdersWith = resource,
                OccurredAt = scan.EmailUpdatedAt,
                Title = scan.EmailStatus.Excerpt(maxLine),
            },
            PayloadShape.Survey => new EventFacts
            {
                State = EventState.Ok,
                OccurredAt = scan.RespondedAt,
                CustomerId = scan.EmbeddedCustomer.Id,
                CustomerEmail = scan.EmbeddedCustomer.Email.Excerpt(maxLine),
                Title = scan.MessageName.Excerpt(maxLine),
                Actor = scan.EmbeddedCustomer.Name(maxLine),
            },
            _ => new EventFacts
            {
                State = EventState.Ok,
                Resource = resource,
                OrdersWith = resource,
                ConversationId = resource is { Kind: ResourceKind.Conversation } ? scan.Id.Number : null,
                CustomerId = resource is { Kind: ResourceKind.Customer } ? scan.Id.Number : null,
            },
        };
    }

    /// <summary>Who did it, where the event's meaning and the body together tell; a guess would be worse than nothing.</summary>
    private static string? ConversationActor(Type eventClass, ref BodyScan scan, int maxLine)
    {
        if (eventClass == typeof(ConversationCreated) || eventClass == typeof(ConversationCreatedByAiAnswers))
        {
            return scan.CreatedBy.Name(maxLine);
        }

        if (eventClass == typeof(CustomerReplyCreated)
            || eventClass == typeof(AgentReplyCreated)
            || eventClass == typeof(NoteCreated))
        {
            return scan.NewestThreadAuthor.Name(maxLine);
        }

        // Nobody is the user with id 0, spelled "unknown".
        return eventClass == typeof(ConversationStatusChanged) && scan.ClosedBy.Id > 0
            ? scan.ClosedBy.Name(maxLine)
            : null;
    }
}
