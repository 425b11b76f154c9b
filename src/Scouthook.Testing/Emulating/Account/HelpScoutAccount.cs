using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <summary>A Help Scout account in memory: what people do in it changes it and emits the events of Help Scout.</summary>
public sealed partial class HelpScoutAccount
{
    /// <summary>Creates an account of a small company: inboxes, users, teams, customers, organizations and tags.</summary>
    /// <param name="seed">The starting point of ids.</param>
    /// <param name="timeProvider">Provides the current time; the system's clock if <see langword="null"/>.</param>
    public HelpScoutAccount(int seed = 1, TimeProvider? timeProvider = null)
    {
        Seed = seed;
        TimeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Raised for every event, in order. The subscriber must only enqueue the event: the account is locked.</summary>
    public event Action<AccountEvent>? Emitted;

    /// <summary>The starting point of ids.</summary>
    public int Seed { get; }

    /// <summary>The clock of the account.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>The inboxes.</summary>
    public IReadOnlyList<AccountInbox> Inboxes => throw new NotImplementedException();

    /// <summary>The users, including Help Scout itself with the id 1.</summary>
    public IReadOnlyList<AccountUser> Users => throw new NotImplementedException();

    /// <summary>The teams.</summary>
    public IReadOnlyList<AccountTeam> Teams => throw new NotImplementedException();

    /// <summary>The tags.</summary>
    public IReadOnlyList<Tag> Tags => throw new NotImplementedException();

    /// <summary>The organizations.</summary>
    public IReadOnlyList<Organization> Organizations => throw new NotImplementedException();

    /// <summary>The customers.</summary>
    public IReadOnlyList<Customer> Customers => throw new NotImplementedException();

    /// <summary>The conversations, newest first.</summary>
    public IReadOnlyList<Conversation> Conversations => throw new NotImplementedException();

    /// <summary>The chats, live and ended, newest first.</summary>
    public IReadOnlyList<BeaconChat> Chats => throw new NotImplementedException();

    /// <summary>Find user.</summary>
    public AccountUser? FindUser(long id) => throw new NotImplementedException();
    /// <summary>Find tag.</summary>
    public Tag? FindTag(long id) => throw new NotImplementedException();
    /// <summary>Find organization.</summary>
    public Organization? FindOrganization(long id) => throw new NotImplementedException();
    /// <summary>Find customer.</summary>
    public Customer? FindCustomer(long id) => throw new NotImplementedException();
    /// <summary>Find rating.</summary>
    public Rating? FindRating(long id) => throw new NotImplementedException();
    /// <summary>Find chat.</summary>
    public BeaconChat? FindChat(string id) => throw new NotImplementedException();
    /// <summary>Find conversation.</summary>
    public ConversationLookup FindConversation(long id) => throw new NotImplementedException();
    /// <summary>Query conversations.</summary>
    public AccountPage<Conversation> QueryConversations(ConversationQuery query) => throw new NotImplementedException();

    /// <summary>All threads of a conversation including line items, newest first; <see langword="null"/> if there is none.</summary>
    public IReadOnlyList<ConversationThread>? FindThreads(long conversationId) => throw new NotImplementedException();

    /// <summary>convo.created.</summary>
    public Conversation StartConversation(long customerId, string subject, string body, long? mailboxId = null) => throw new NotImplementedException();

    /// <summary>customer.created if the address is new, convo.created.</summary>
    public Conversation ReceiveEmail(string email, string subject, string body, long? mailboxId = null) => throw new NotImplementedException();

    /// <summary>A user writes first: convo.created, convo.agent.reply.created.</summary>
    public Conversation StartConversationAsUser(long userId, long customerId, string subject, string body, long? mailboxId = null) => throw new NotImplementedException();

    /// <summary>convo.ai-answers.created.</summary>
    public Conversation StartAiAnswersConversation(long customerId, string question, string answer, string followUp, long? mailboxId = null) => throw new NotImplementedException();

    /// <summary>convo.customer.reply.created (+ convo.status if reopened).</summary>
    public Conversation ReplyAsCustomer(long conversationId, string body) => throw new NotImplementedException();

    /// <summary>convo.agent.reply.created (+ convo.assigned if unassigned, convo.status if changed).</summary>
    public Conversation ReplyAsUser(long conversationId, long userId, string body, ConversationStatus? status = null) => throw new NotImplementedException();

    /// <summary>Add note.</summary>
    public Conversation AddNote(long conversationId, long userId, string body) => throw new NotImplementedException();
    /// <summary>Assign.</summary>
    public Conversation Assign(long conversationId, long? assigneeId, long byUserId = 1) => throw new NotImplementedException();
    /// <summary>Set status.</summary>
    public Conversation SetStatus(long conversationId, ConversationStatus status, long byUserId = 1) => throw new NotImplementedException();
    /// <summary>Add tag.</summary>
    public Conversation AddTag(long conversationId, string tag, long byUserId = 1) => throw new NotImplementedException();
    /// <summary>Remove tag.</summary>
    public Conversation RemoveTag(long conversationId, string tag, long byUserId = 1) => throw new NotImplementedException();
    /// <summary>Move.</summary>
    public Conversation Move(long conversationId, long mailboxId, long byUserId = 1) => throw new NotImplementedException();
    /// <summary>Merge.</summary>
    public Conversation Merge(long survivingId, long mergedId, long byUserId = 1) => throw new NotImplementedException();
    /// <summary>Snooze.</summary>
    public Conversation Snooze(long conversationId, long byUserId, DateTimeOffset until, bool unsnoozeOnCustomerReply = true) => throw new NotImplementedException();
    /// <summary>Set custom field.</summary>
    public Conversation SetCustomField(long conversationId, long fieldId, string value, long byUserId = 1) => throw new NotImplementedException();
    /// <summary>Delete conversation.</summary>
    public void DeleteConversation(long conversationId) => throw new NotImplementedException();

    /// <summary>Rate.</summary>
    public Rating Rate(long conversationId, RatingValue value, string? comments = null) => throw new NotImplementedException();

    /// <summary>Start chat.</summary>
    public BeaconChat StartChat(long customerId, string text, long? mailboxId = null) => throw new NotImplementedException();
    /// <summary>Accept chat.</summary>
    public BeaconChat AcceptChat(string chatId, long userId) => throw new NotImplementedException();
    /// <summary>Reply to chat as customer.</summary>
    public BeaconChat ReplyToChatAsCustomer(string chatId, string text) => throw new NotImplementedException();
    /// <summary>Reply to chat as user.</summary>
    public BeaconChat ReplyToChatAsUser(string chatId, long userId, string text) => throw new NotImplementedException();
    /// <summary>End chat.</summary>
    public Conversation EndChat(string chatId) => throw new NotImplementedException();

    /// <summary>Answer survey.</summary>
    public SurveyResponse AnswerSurvey(long customerId, string surveyName, SurveyAnswer answer) => throw new NotImplementedException();

    /// <summary>Create customer.</summary>
    public Customer CreateCustomer(string email, string? firstName = null, string? lastName = null) => throw new NotImplementedException();
    /// <summary>Update customer.</summary>
    public Customer UpdateCustomer(long id, Func<Customer, Customer> change) => throw new NotImplementedException();
    /// <summary>Delete customer.</summary>
    public void DeleteCustomer(long id) => throw new NotImplementedException();

    /// <summary>Create organization.</summary>
    public Organization CreateOrganization(string name, params IReadOnlyList<string> domains) => throw new NotImplementedException();
    /// <summary>Update organization.</summary>
    public Organization UpdateOrganization(long id, Func<Organization, Organization> change) => throw new NotImplementedException();
    /// <summary>Delete organization.</summary>
    public void DeleteOrganization(long id) => throw new NotImplementedException();

    /// <summary>Create tag.</summary>
    public Tag CreateTag(string name, string color = "none") => throw new NotImplementedException();
    /// <summary>Update tag.</summary>
    public Tag UpdateTag(long id, string? name = null, string? color = null) => throw new NotImplementedException();
    /// <summary>Delete tag.</summary>
    public void DeleteTag(long id) => throw new NotImplementedException();

    /// <summary>Set user status.</summary>
    public UserStatus SetUserStatus(long userId, EmailAvailabilityStatus? email = null, ChatAvailabilityStatus? chat = null, long? byUserId = null) => throw new NotImplementedException();

    internal void Raise(AccountEvent item) => Emitted?.Invoke(item);
}
