using Scouthook.Payloads;
using Scouthook.Testing.Emulating.Account.Writing;

namespace Scouthook.Testing;

/// <summary>Runs live chats. A chat becomes a conversation when it ends.</summary>
internal sealed class ChatActions(AccountData data, ConversationMessages messages)
{
    private static readonly TimeSpan BrowsingTime = TimeSpan.FromSeconds(82);

    public BeaconChat Start(CustomerEntry customer, AccountInbox inbox, string text)
    {
        var now = data.Now();
        var id = data.Ids.NextUuid();
        var chat = new BeaconChat
        {
            Id = id,
            BeaconId = Company.BeaconId,
            MailboxId = inbox.Id,
            CreatedAt = now,
            Customer = AsChatPerson(customer),
            Preview = text,
            Timeline =
            [
                new()
                {
                    Type = ChatTimelineType.PageViewed, Timestamp = now - BrowsingTime,
                    Url = "https://app.example.com/pricing?plan=team&utm=a/b", Title = "Pricing – Example App",
                },
                new()
                {
                    Type = ChatTimelineType.ChatStarted, Timestamp = now, Url = "https://app.example.com/status", Title = "Status",
                },
            ],
            Links = ApiLinks.Self($"chats/{id}"),
        };
        return Store(Add(chat, ChatEventType.Message, ChatEventAction.MessageAdded, chat.Customer, text), "beacon.chat.created");
    }

    public BeaconChat Accept(string chatId, AccountUser user)
    {
        var chat = Live(chatId);
        if (chat.Assignee is not null)
        {
            throw new ArgumentException($"Chat {chatId} is accepted already, by user {chat.Assignee.Id}.");
        }

        chat = chat with { Assignee = user.AsPerson() with { Type = PersonType.Agent } };
        return Store(Add(chat, ChatEventType.LineItem, ChatEventAction.ChatAccepted, user.AsPerson(), null));
    }

    public BeaconChat ReplyAsCustomer(string chatId, string text)
    {
        var chat = Live(chatId) with { Preview = text };
        return Store(
            Add(chat, ChatEventType.Message, ChatEventAction.MessageAdded, chat.Customer!, text), "beacon.chat.customer.replied");
    }

    public BeaconChat ReplyAsUser(string chatId, AccountUser user, string text)
    {
        var chat = Live(chatId) with { Preview = text };
        return Store(Add(chat, ChatEventType.Message, ChatEventAction.MessageAdded, user.AsPerson(), text));
    }

    public ConversationEntry End(string chatId)
    {
        var chat = Live(chatId);
        var transcript = string.Join("<br>", chat.Embedded.Events
            .Where(item => item.Type == ChatEventType.Message)
            .Select(item => $"<b>{DerivedText.Html(item.Author!.First)}:</b> {DerivedText.Html(item.Body)}"));
        Store(chat with { EndedAt = data.Now() });
        return messages.StartFromChat(
            data.Customer(chat.Customer!.Id!.Value), data.Inbox(chat.MailboxId),
            chat.Assignee is { } assignee ? data.User(assignee.Id!.Value).AsPerson() : null, transcript);
    }

    private BeaconChat Live(string chatId) => data.Chat(chatId) is { EndedAt: null } chat
        ? chat
        : throw new ArgumentException($"Chat {chatId} has ended. Continue in the conversation that it became.");

    private BeaconChat Add(BeaconChat chat, ChatEventType type, ChatEventAction action, Person author, string? body)
    {
        var item = new ChatEvent
        {
            Id = data.Ids.NextUuid(),
            ChatId = chat.Id,
            Type = type,
            Action = action,
            Author = author,
            CreatedAt = data.Now(),
            Body = body,
            Links = new()
            {
                Author = author.Type == PersonType.Customer ? ApiLinks.ToCustomer(author.Id!.Value) : ApiLinks.ToUser(author.Id!.Value),
            },
        };
        return chat with { Embedded = new() { Events = [.. chat.Embedded.Events, item] } };
    }

    private BeaconChat Store(BeaconChat chat, string? eventName = null)
    {
        data.Chats[chat.Id] = chat;
        if (eventName is not null)
        {
            data.Emit(eventName, chat, $"chats/{chat.Id}", chat.MailboxId);
        }

        return chat;
    }

    /// <summary>Returns the customer as chats carry them: without a picture.</summary>
    private static Person AsChatPerson(CustomerEntry customer) => customer.AsPerson() with { PhotoUrl = null };
}
