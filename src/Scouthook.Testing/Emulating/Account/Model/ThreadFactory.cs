using Scouthook.Payloads;
using Scouthook.Testing.Generating;

namespace Scouthook.Testing;

/// <summary>Writes the threads of conversations.</summary>
internal sealed class ThreadFactory(AccountData data)
{
    private static readonly ConversationSource ByEmail = new() { Type = SourceType.Email, Via = SourceVia.Customer };

    private static readonly ConversationSource OnWeb = new() { Type = SourceType.Web, Via = SourceVia.User };

    public ConversationThread Customer(
        ConversationEntry entry, string body, ConversationThreadStatus? status, IReadOnlyList<Attachment>? attachments) =>
        Message(entry, ConversationThreadType.Customer, body, ByEmail, data.Customer(entry.CustomerId).AsPerson()) with
        {
            Status = status ?? ConversationThreadStatus.NoChange,
            To = [data.Inbox(entry.MailboxId).Email],
            Embedded = Attached(entry, attachments),
        };

    public ConversationThread User(
        ConversationEntry entry, AccountUser user, string body, ConversationThreadStatus? status,
        IReadOnlyList<Attachment>? attachments) =>
        Message(entry, ConversationThreadType.Message, body, OnWeb, user.AsPerson()) with
        {
            Status = status ?? ConversationThreadStatus.NoChange,
            To = data.Customer(entry.CustomerId).Email is { } email ? [email] : [],
            Embedded = Attached(entry, attachments),
        };

    public ConversationThread Note(ConversationEntry entry, AccountUser user, string body) =>
        Message(entry, ConversationThreadType.Note, body, OnWeb, user.AsPerson());

    /// <summary>Writes a message that came through a Beacon: the transcript of a chat, or a question to AI Answers.</summary>
    public ConversationThread Beacon(ConversationEntry entry, ConversationThreadType type, string body, Person author) =>
        Message(
            entry, type, body,
            new()
            {
                Type = SourceType.Beacon,
                Via = author.Type == PersonType.Customer ? SourceVia.Customer : SourceVia.User,
            },
            author);

    public ConversationThread LineItem(
        ConversationEntry entry, long userId, string text, ThreadActionType? type = null,
        IReadOnlyDictionary<string, long>? entities = null) =>
        Message(entry, ConversationThreadType.LineItem, null, OnWeb, data.User(userId).AsPerson()) with
        {
            Status = new ConversationThreadStatus(entry.Value.Status!.Value.Text),
            Action = new()
            {
                Type = type ?? ThreadActionType.Default,
                Text = text,
                AssociatedEntities = entities ?? new Dictionary<string, long>(),
            },
        };

    /// <summary>Returns a thread of another conversation as a part of this one: links to attachments contain its id.</summary>
    public static ConversationThread Adopt(ConversationEntry entry, ConversationThread thread) => thread with
    {
        Embedded = thread.Embedded with
        {
            Attachments = [.. thread.Embedded.Attachments.Select(item => WithLinks(entry.Id, item))],
        },
    };

    private ConversationThread Message(
        ConversationEntry entry, ConversationThreadType type, string? body, ConversationSource source, Person author)
    {
        var thread = new ConversationThread
        {
            Id = data.Ids.Next(IdKind.Thread),
            Type = type,
            Status = ConversationThreadStatus.NoChange,
            State = ConversationThreadState.Published,
            Action = new() { Type = ThreadActionType.Default },
            Body = body,
            Source = source,
            Customer = data.Customer(entry.CustomerId).AsThreadPerson(),
            CreatedBy = author,
            AssignedTo = entry.Value.Assignee,
            SavedReplyId = 0,
            CreatedAt = data.Second(),
        };
        return thread with { Links = ApiLinks.Of(thread) };
    }

    private ThreadEmbedded Attached(ConversationEntry entry, IReadOnlyList<Attachment>? attachments) => new()
    {
        Attachments =
        [
            .. (attachments ?? []).Select(attachment => WithLinks(
                entry.Id, attachment with { Id = data.Ids.Next(IdKind.Attachment), State = AttachmentState.Valid })),
        ],
    };

    private static Attachment WithLinks(long conversationId, Attachment attachment) => attachment with
    {
        Links = new() { Data = ApiLinks.To($"conversations/{conversationId}/attachments/{attachment.Id}/data") },
    };
}
