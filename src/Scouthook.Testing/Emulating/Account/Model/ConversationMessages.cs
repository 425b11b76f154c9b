using Scouthook.Payloads;
using Scouthook.Testing.Generating;

namespace Scouthook.Testing;

/// <summary>Writes messages: new conversations, replies and notes.</summary>
internal sealed class ConversationMessages(AccountData data, ConversationActions changes)
{
    private readonly ThreadFactory _threads = new(data);

    public ConversationEntry Start(
        CustomerEntry customer, string subject, string body, AccountInbox inbox, IReadOnlyList<Attachment>? attachments)
    {
        var entry = Create(
            customer, inbox, ConversationType.Email, subject, SourceType.Email, customer.AsPerson(), ConversationStatus.Active);
        entry.Add(_threads.Customer(entry, body, ConversationThreadStatus.Active, attachments));
        Emit("convo.created", entry);
        return entry;
    }

    public ConversationEntry Start(
        AccountUser user, CustomerEntry customer, string subject, string body, AccountInbox inbox,
        IReadOnlyList<Attachment>? attachments)
    {
        var entry = Create(
            customer, inbox, ConversationType.Email, subject, SourceType.Web, user.AsPerson(), ConversationStatus.Pending);
        entry.Value = entry.Value with { Assignee = user.AsPerson() };
        entry.Add(_threads.User(entry, user, body, ConversationThreadStatus.Pending, attachments));
        Emit("convo.created", entry);

        // Seen live: the opening message of a user counts as a reply as well.
        Emit("convo.agent.reply.created", entry);
        return entry;
    }

    public ConversationEntry StartFromAiAnswers(
        CustomerEntry customer, AccountInbox inbox, string question, string answer, string followUp)
    {
        var entry = Create(
            customer, inbox, ConversationType.Chat, question, SourceType.Beacon, customer.AsPerson(), ConversationStatus.Active);
        entry.Add(_threads.Beacon(entry, ConversationThreadType.Customer, question, customer.AsPerson()));
        entry.Add(_threads.Beacon(
            entry, ConversationThreadType.Message, answer, data.User(Company.AiAnswersId).AsPerson()));
        entry.Add(_threads.Beacon(entry, ConversationThreadType.Customer, followUp, customer.AsPerson()));
        Emit("convo.ai-answers.created", entry);
        return entry;
    }

    /// <summary>Turns an ended chat into a conversation with the transcript as its only thread.</summary>
    public ConversationEntry StartFromChat(CustomerEntry customer, AccountInbox inbox, Person? assignee, string transcript)
    {
        var entry = Create(
            customer, inbox, ConversationType.Chat, "Chat with " + (customer.Value.FirstName ?? customer.Email),
            SourceType.Beacon, customer.AsPerson(), assignee is null ? ConversationStatus.Active : ConversationStatus.Pending);
        entry.Value = entry.Value with { Assignee = assignee };
        entry.Add(_threads.Beacon(entry, ConversationThreadType.Customer, transcript, customer.AsPerson()));
        Emit("convo.created", entry);
        return entry;
    }

    public void ReplyAsCustomer(ConversationEntry entry, string body, IReadOnlyList<Attachment>? attachments)
    {
        var now = data.Second();
        var reopened = entry.Value.Status != ConversationStatus.Spam && entry.Value.Status != ConversationStatus.Active;
        if (reopened)
        {
            changes.ApplyStatus(entry, ConversationStatus.Active, Persons.HelpScoutId);
        }

        var cancelsSnooze = entry.Value.Snooze is { UnsnoozeOnCustomerReply: true };
        entry.Value = entry.Value with
        {
            Snooze = cancelsSnooze ? null : entry.Value.Snooze,
            NextEvent = entry.Value.NextEvent is { CancelOnCustomerReply: true } ? null : entry.Value.NextEvent,
            UserUpdatedAt = now,
            CustomerWaitingSince = new() { Time = now, LatestReplyFrom = ReplyFrom.Customer },
        };
        entry.ModifiedAt = now;
        entry.Add(_threads.Customer(entry, body, reopened ? ConversationThreadStatus.Active : null, attachments));
        Emit("convo.customer.reply.created", entry);
        if (reopened)
        {
            Emit("convo.status", entry);
        }
    }

    public void ReplyAsUser(
        ConversationEntry entry, AccountUser user, string body, ConversationStatus? status,
        IReadOnlyList<Attachment>? attachments)
    {
        var assigned = entry.Value.Assignee is null;
        var changed = status is not null && status != entry.Value.Status;
        if (assigned)
        {
            entry.Value = entry.Value with { Assignee = user.AsPerson() };
        }

        if (changed)
        {
            changes.ApplyStatus(entry, status!.Value, user.Id);
        }

        entry.Add(_threads.User(
            entry, user, body, changed ? new ConversationThreadStatus(status!.Value.Text) : null, attachments));
        changes.Touch(entry);
        entry.Value = entry.Value with { CustomerWaitingSince = new() { Time = data.Second() } };
        Emit("convo.agent.reply.created", entry);
        if (assigned)
        {
            Emit("convo.assigned", entry);
        }

        if (changed)
        {
            Emit("convo.status", entry);
        }
    }

    public void AddNote(ConversationEntry entry, AccountUser user, string body)
    {
        entry.Add(_threads.Note(entry, user, body));
        changes.Touch(entry);
        Emit("convo.note.created", entry);
    }

    private ConversationEntry Create(
        CustomerEntry customer, AccountInbox inbox, ConversationType type, string subject, SourceType source, Person author,
        ConversationStatus status)
    {
        var now = data.Second();
        var byCustomer = author.Type == PersonType.Customer;
        var entry = new ConversationEntry(
            new Conversation
            {
                Id = data.Ids.Next(IdKind.Conversation),
                Number = data.Ids.Next(IdKind.ConversationNumber),
                Type = type,
                Status = status,
                State = ConversationState.Published,
                Subject = subject,
                MailboxId = inbox.Id,
                CreatedBy = author,
                CreatedAt = now,
                ClosedBy = 0,
                ClosedByUser = Persons.Nobody,
                UserUpdatedAt = now,
                CustomerWaitingSince = new() { Time = now, LatestReplyFrom = byCustomer ? ReplyFrom.Customer : null },
                Source = new() { Type = source, Via = byCustomer ? SourceVia.Customer : SourceVia.User },
                PrimaryCustomer = customer.AsPerson(),
            },
            now);
        data.Conversations.Add(entry.Id, entry);
        customer.ConversationCount++;
        return entry;
    }

    private void Emit(string name, ConversationEntry entry) => changes.Emit(name, entry);
}
