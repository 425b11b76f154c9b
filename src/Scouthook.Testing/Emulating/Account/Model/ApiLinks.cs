using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <summary>Writes the links of resources.</summary>
internal static class ApiLinks
{
    private const string Api = "https://api.helpscout.net/v2/";
    private const string Web = "https://secure.helpscout.net/";

    public static Link To(string path) => new() { Href = Api + path };

    public static Link ToPage(string path) => new() { Href = Web + path };

    public static Link ToUser(long id) => To($"users/{id}");

    public static Link ToCustomer(long id) => To($"customers/{id}");

    public static Link ToConversation(long id) => To($"conversations/{id}");

    public static Link ToMailbox(long id) => To($"mailboxes/{id}");

    public static SelfLinks Self(string path) => new() { Self = To(path) };

    public static ConversationLinks Of(Conversation conversation) => new()
    {
        Self = ToConversation(conversation.Id),
        Mailbox = ToMailbox(conversation.MailboxId!.Value),
        PrimaryCustomer = ToCustomer(conversation.PrimaryCustomer!.Id!.Value),
        CreatedByCustomer = conversation.CreatedBy!.Type == PersonType.Customer
            ? ToCustomer(conversation.CreatedBy.Id!.Value)
            : null,
        CreatedByUser = conversation.CreatedBy.Type == PersonType.Customer
            ? null
            : ToUser(conversation.CreatedBy.Id!.Value),
        ClosedBy = conversation.ClosedBy is { } closer and not 0 ? ToUser(closer) : null,
        Threads = To($"conversations/{conversation.Id}/threads/"),
        Assignee = conversation.Assignee is { } assignee ? ToUser(assignee.Id!.Value) : null,
        Web = ToPage($"conversation/{conversation.Id}/{conversation.Number}"),
    };

    public static CustomerLinks OfCustomer(long id) => new()
    {
        Address = To($"customers/{id}/address/"),
        Chats = To($"customers/{id}/chats/"),
        Emails = To($"customers/{id}/emails/"),
        Phones = To($"customers/{id}/phones/"),
        SocialProfiles = To($"customers/{id}/social-profiles/"),
        Websites = To($"customers/{id}/websites/"),
        Self = ToCustomer(id),
    };

    public static ThreadLinks Of(ConversationThread thread) => new()
    {
        AssignedTo = thread.AssignedTo is { } assignee ? ToUser(assignee.Id!.Value) : null,
        CreatedByUser = thread.CreatedBy!.Type == PersonType.Customer ? null : ToUser(thread.CreatedBy.Id!.Value),
        CreatedByCustomer = thread.CreatedBy.Type == PersonType.Customer ? ToCustomer(thread.CreatedBy.Id!.Value) : null,
        Customer = thread.Customer is { } customer ? ToCustomer(customer.Id!.Value) : null,
    };
}
