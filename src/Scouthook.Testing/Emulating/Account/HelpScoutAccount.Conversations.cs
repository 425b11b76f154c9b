using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <content>Actions in conversations.</content>
public sealed partial class HelpScoutAccount
{
    /// <summary>A customer writes an email: <c>convo.created</c>.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="body">The text, as HTML.</param>
    /// <param name="mailboxId">The inbox written to; the first if <see langword="null"/>.</param>
    /// <param name="attachments">Attachments. Ids and links are added.</param>
    /// <returns>The new conversation.</returns>
    public Conversation StartConversation(
        long customerId, string subject, string body, long? mailboxId = null, IReadOnlyList<Attachment>? attachments = null)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(body);

        return Change(() => _messages
            .Start(_data.Customer(customerId), subject, body, _data.Inbox(mailboxId), attachments).Snapshot(_data));
    }

    /// <summary>
    /// An email arrives: <c>convo.created</c>, and <c>customer.created</c> before it if the sender is new.
    /// </summary>
    /// <param name="email">The address of the sender.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="body">The text, as HTML.</param>
    /// <param name="mailboxId">The inbox written to; the first if <see langword="null"/>.</param>
    /// <param name="attachments">Attachments. Ids and links are added.</param>
    /// <returns>The new conversation.</returns>
    public Conversation ReceiveEmail(
        string email, string subject, string body, long? mailboxId = null, IReadOnlyList<Attachment>? attachments = null)
    {
        ArgumentNullException.ThrowIfNull(email);
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(body);

        return Change(() =>
        {
            var inbox = _data.Inbox(mailboxId);
            return _messages.Start(_customers.FindOrCreate(email), subject, body, inbox, attachments).Snapshot(_data);
        });
    }

    /// <summary>
    /// A user writes to a customer first: <c>convo.created</c> and, as seen live, <c>convo.agent.reply.created</c>.
    /// </summary>
    /// <param name="userId">The user.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="body">The text, as HTML.</param>
    /// <param name="mailboxId">The inbox written from; the first if <see langword="null"/>.</param>
    /// <param name="attachments">Attachments. Ids and links are added.</param>
    /// <returns>The new conversation: pending, and assigned to the user.</returns>
    public Conversation StartConversationAsUser(
        long userId, long customerId, string subject, string body, long? mailboxId = null,
        IReadOnlyList<Attachment>? attachments = null)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(body);

        return Change(() => _messages
            .Start(_data.Agent(userId), _data.Customer(customerId), subject, body, _data.Inbox(mailboxId), attachments)
            .Snapshot(_data));
    }

    /// <summary>
    /// A customer asks AI Answers in a Beacon and then wants a person: <c>convo.ai-answers.created</c>.
    /// </summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="question">The question; it becomes the subject.</param>
    /// <param name="answer">The answer of AI Answers.</param>
    /// <param name="followUp">The last message of the customer.</param>
    /// <param name="mailboxId">The inbox of the Beacon; the first if <see langword="null"/>.</param>
    /// <returns>The new conversation.</returns>
    public Conversation StartAiAnswersConversation(
        long customerId, string question, string answer, string followUp, long? mailboxId = null)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(followUp);

        return Change(() => _messages
            .StartFromAiAnswers(_data.Customer(customerId), _data.Inbox(mailboxId), question, answer, followUp)
            .Snapshot(_data));
    }

    /// <summary>
    /// The customer replies: <c>convo.customer.reply.created</c>, and <c>convo.status</c> if that reopens the conversation.
    /// </summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="body">The text, as HTML.</param>
    /// <param name="attachments">Attachments. Ids and links are added.</param>
    /// <returns>The conversation. Unless it is spam, it is active.</returns>
    public Conversation ReplyAsCustomer(
        long conversationId, string body, IReadOnlyList<Attachment>? attachments = null)
    {
        ArgumentNullException.ThrowIfNull(body);

        return Change(conversationId, entry => _messages.ReplyAsCustomer(entry, body, attachments));
    }

    /// <summary>
    /// A user replies: <c>convo.agent.reply.created</c>, <c>convo.assigned</c> if nobody was assigned, and
    /// <c>convo.status</c> if the status changes.
    /// </summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="userId">The user. An unassigned conversation becomes theirs.</param>
    /// <param name="body">The text, as HTML.</param>
    /// <param name="status">The new status; unchanged if <see langword="null"/>.</param>
    /// <param name="attachments">Attachments. Ids and links are added.</param>
    /// <returns>The conversation.</returns>
    public Conversation ReplyAsUser(
        long conversationId, long userId, string body, ConversationStatus? status = null,
        IReadOnlyList<Attachment>? attachments = null)
    {
        ArgumentNullException.ThrowIfNull(body);

        return Change(
            conversationId,
            entry => _messages.ReplyAsUser(
                entry, _data.Agent(userId), body, ConversationActions.Require(status), attachments));
    }

    /// <summary>A user writes a note: <c>convo.note.created</c>.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="userId">The user.</param>
    /// <param name="body">The text, as HTML.</param>
    /// <returns>The conversation.</returns>
    public Conversation AddNote(long conversationId, long userId, string body)
    {
        ArgumentNullException.ThrowIfNull(body);

        return Change(conversationId, entry => _messages.AddNote(entry, _data.Agent(userId), body));
    }

    /// <summary>Assigns a conversation, or unassigns it: <c>convo.assigned</c>.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="assigneeId">The user or team; <see langword="null"/> for nobody.</param>
    /// <param name="byUserId">The user who does it; Help Scout itself by default.</param>
    /// <returns>The conversation.</returns>
    public Conversation Assign(long conversationId, long? assigneeId, long byUserId = Persons.HelpScoutId) =>
        Change(conversationId, entry => _conversations.Assign(entry, assigneeId, byUserId));

    /// <summary>Changes the status: <c>convo.status</c>.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="status">The status: active, pending, closed or spam.</param>
    /// <param name="byUserId">The user who does it; Help Scout itself by default.</param>
    /// <returns>The conversation.</returns>
    public Conversation SetStatus(
        long conversationId, ConversationStatus status, long byUserId = Persons.HelpScoutId) =>
        Change(conversationId, entry => _conversations.SetStatus(
            entry, ConversationActions.Require(status)!.Value, byUserId));

    /// <summary>Adds a tag: <c>convo.tags</c>, and <c>tag.created</c> before it if the tag is new.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="tag">The name of the tag.</param>
    /// <returns>The conversation.</returns>
    public Conversation AddTag(long conversationId, string tag)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tag);

        return Change(conversationId, entry => _conversations.Tag(entry, _tags.FindOrCreate(tag)));
    }

    /// <summary>Removes a tag: <c>convo.tags</c>.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="tag">The name of the tag.</param>
    /// <returns>The conversation.</returns>
    public Conversation RemoveTag(long conversationId, string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);

        return Change(conversationId, entry =>
        {
            if (_tags.Find(tag) is { } known)
            {
                _conversations.Untag(entry, known);
            }
        });
    }

    /// <summary>Moves a conversation to another inbox: <c>convo.moved</c>.</summary>
    /// <param name="conversationId">The conversation. It loses its custom fields, which belong to an inbox.</param>
    /// <param name="mailboxId">The inbox.</param>
    /// <param name="byUserId">The user who does it; Help Scout itself by default.</param>
    /// <returns>The conversation.</returns>
    public Conversation Move(long conversationId, long mailboxId, long byUserId = Persons.HelpScoutId) =>
        Change(conversationId, entry => _conversations.Move(entry, _data.Inbox(mailboxId), byUserId));

    /// <summary>Merges a conversation into another: <c>convo.merged</c>, with the one that survives.</summary>
    /// <param name="survivingId">The conversation that gets the threads and tags.</param>
    /// <param name="mergedId">
    /// The conversation that ceases to exist. <see cref="FindConversation"/> leads to the other one for 60 days.
    /// </param>
    /// <param name="byUserId">The user who does it; Help Scout itself by default.</param>
    /// <returns>The surviving conversation.</returns>
    public Conversation Merge(long survivingId, long mergedId, long byUserId = Persons.HelpScoutId) =>
        Change(survivingId, entry => _conversations.Merge(entry, _data.Conversation(mergedId), byUserId));

    /// <summary>
    /// Snoozes a conversation: <c>convo.status</c> if it was active, as it becomes pending. No event is documented for the
    /// snooze itself or for its end.
    /// </summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="byUserId">The user who does it.</param>
    /// <param name="until">The end of the snooze.</param>
    /// <param name="unsnoozeOnCustomerReply">Whether a reply of the customer ends it earlier.</param>
    /// <returns>The conversation.</returns>
    public Conversation Snooze(
        long conversationId, long byUserId, DateTimeOffset until, bool unsnoozeOnCustomerReply = true) =>
        Change(conversationId, entry => _conversations.Snooze(entry, byUserId, until, unsnoozeOnCustomerReply));

    /// <summary>Sets a custom field: <c>convo.custom-fields</c>.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="fieldId">The field, one of the conversation's inbox.</param>
    /// <param name="value">The value; for a drop-down the id of the option. May be empty.</param>
    /// <returns>The conversation.</returns>
    public Conversation SetCustomField(long conversationId, long fieldId, string value)
    {
        ArgumentNullException.ThrowIfNull(value);

        return Change(conversationId, entry => _conversations.SetCustomField(entry, fieldId, value));
    }

    /// <summary>Deletes a conversation: <c>convo.deleted</c>.</summary>
    /// <param name="conversationId">The conversation.</param>
    public void DeleteConversation(long conversationId) =>
        Change(() => _conversations.Delete(_data.Conversation(conversationId)));
}
