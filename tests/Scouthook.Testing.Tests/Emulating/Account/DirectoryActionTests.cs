using Scouthook.Payloads;
using static Scouthook.Testing.Tests.Emulating.Account.RecordedAccount;

namespace Scouthook.Testing.Tests.Emulating.Account;

/// <summary>Chats, ratings, surveys, customers, organizations, tags and users.</summary>
public sealed class DirectoryActionTests
{
    private readonly RecordedAccount _recorded = new();

    private HelpScoutAccount Account => _recorded.Account;

    [Fact]
    public void Chat_becomes_a_conversation_when_it_ends()
    {
        string[] names =
        [
            .. _recorded.NamesOf(() => Account.StartChat(_recorded.Zoe, "Hi <there>")),
            .. _recorded.NamesOf(() =>
            {
                var id = Account.Chats[0].Id;
                Account.AcceptChat(id, Maya);
                Account.ReplyToChatAsUser(id, Maya, "Hello");
                _recorded.Clock.Advance(TimeSpan.FromMilliseconds(1));
                Account.ReplyToChatAsCustomer(id, "Is it down?");
            }),
        ];
        var chat = Assert.Single(Account.Chats);

        Assert.Equal(["beacon.chat.created", "beacon.chat.customer.replied"], names);
        Assert.Empty(Account.Conversations);
        Assert.Equal(["message-added", "chat-accepted", "message-added", "message-added"], chat.Embedded.Events.Select(item => item.Action!.Value.Text));
        Assert.Equal("agent", chat.Assignee!.Type!.Value.Text);
        Assert.Contains("\"createdAt\":\"2031-05-06T07:08:09.124450Z\"", Text(_recorded.Last), StringComparison.Ordinal);
        Assert.Contains("\"params\":[]", Text(_recorded.Last), StringComparison.Ordinal);
        Assert.True(Guid.TryParse(chat.Id, out _));

        Assert.Equal(["convo.created"], _recorded.NamesOf(() => Account.EndChat(chat.Id)));

        var conversation = Assert.Single(Account.Conversations);
        Assert.Equal("chat", conversation.Type!.Value.Text);
        Assert.Equal(Maya, conversation.Assignee!.Id);
        Assert.Contains("<b>Zoë:</b> Hi &lt;there&gt;", conversation.Embedded.Threads[0].Body!, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Account.ReplyToChatAsCustomer(chat.Id, "Hello?"));
    }

    [Fact]
    public void Rating_is_about_the_newest_reply_and_can_be_changed()
    {
        var conversation = _recorded.Conversation();
        Assert.Throws<ArgumentException>(() => Account.Rate(conversation.Id, RatingValue.Great));
        Account.ReplyAsUser(conversation.Id, Maya, "First");
        Account.ReplyAsUser(conversation.Id, Tobias, "Second");

        Assert.Equal(["satisfaction.ratings"], _recorded.NamesOf(() => Account.Rate(conversation.Id, RatingValue.NotGood, "Slow")));

        var rating = (Rating)_recorded.Last.Payload;
        Assert.Equal(Tobias, rating.User!.Id);
        Assert.Equal(conversation.Number, rating.ConversationNumber);
        Assert.Contains("\"createdAt\":\"2031-05-06T07:29:09\"", Text(_recorded.Last), StringComparison.Ordinal);
        Assert.Equal("not_good", Account.FindThreads(conversation.Id)![0].Rating!.Rating!.Value.Text);
        var changed = Account.Rate(conversation.Id, RatingValue.Great);
        Assert.Equal(rating.Id, changed.Id);
        Assert.NotNull(changed.ModifiedAt);
        Assert.Equal(changed, Account.FindRating(rating.Id));
    }

    [Fact]
    public void Survey_answer_carries_the_customer()
    {
        Assert.Equal(
            ["message.survey.response.received"],
            _recorded.NamesOf(() => Account.AnswerSurvey(_recorded.Zoe, "Pulse", new() { Value = "9", Category = NpsCategory.Promoter })));

        var response = (SurveyResponse)_recorded.Last.Payload;
        Assert.Equal(_recorded.Zoe, response.Embedded.Customer!.Id);
        Assert.NotNull(response.Response!.Timestamp);
        Assert.Null(_recorded.Last.MailboxId);
        Assert.Equal($"/v2/customers/{_recorded.Zoe}", _recorded.Last.ResourcePath);
    }

    [Fact]
    public void Customer_can_be_created_changed_and_deleted()
    {
        Assert.Equal(["customer.created"], _recorded.NamesOf(() => Account.CreateCustomer("ada@example.org", "Ada")));
        var id = ((Customer)_recorded.Last.Payload).Id;
        _recorded.Clock.Advance(TimeSpan.FromMinutes(1));
        var organization = Account.Organizations[0];

        Assert.Equal(["customer.updated"], _recorded.NamesOf(() => Account.UpdateCustomer(id, customer => customer with
        {
            Id = 1,
            OrganizationId = organization.Id,
            Embedded = customer.Embedded with { Phones = [new() { Value = "+49 30 1234" }] },
        })));

        var changed = Account.FindCustomer(id)!;
        Assert.Equal(organization.Name, changed.Organization);
        Assert.NotNull(changed.Embedded.Phones[0].Id);
        Assert.Equal(changed.CreatedAt!.Value.AddMinutes(1), changed.UpdatedAt);
        Account.StartConversation(id, "Hi", "Hello");
        Assert.Equal(["convo.deleted", "customer.deleted"], _recorded.NamesOf(() => Account.DeleteCustomer(id)));
        Assert.Null(Account.FindCustomer(id));
        Assert.Empty(Account.Conversations);
        Assert.Equal(["customer.created"], _recorded.NamesOf(() => Account.CreateCustomer("ada@example.org")));
    }

    [Fact]
    public void Organization_can_be_created_changed_and_deleted()
    {
        Assert.Equal(["organization.created"], _recorded.NamesOf(() => Account.CreateOrganization("Acme", "acme.example.org")));
        var id = ((Organization)_recorded.Last.Payload).Id;
        Assert.DoesNotContain("_embedded", Text(_recorded.Last), StringComparison.Ordinal);
        Account.UpdateCustomer(_recorded.Zoe, customer => customer with { OrganizationId = id });

        Assert.Equal(["organization.updated"], _recorded.NamesOf(() => Account.UpdateOrganization(id, item => item with { Name = "Acme 2" })));
        Assert.Empty(_recorded.NamesOf(() => Account.UpdateOrganization(id, item => item)));
        Assert.Equal("Acme 2", Account.FindCustomer(_recorded.Zoe)!.Organization);
        Assert.Equal(["organization.deleted"], _recorded.NamesOf(() => Account.DeleteOrganization(id)));
        Assert.Null(Account.FindCustomer(_recorded.Zoe)!.OrganizationId);
        Assert.Null(Account.FindOrganization(id));
    }

    [Fact]
    public void Tag_can_be_created_changed_and_deleted()
    {
        var conversation = _recorded.Conversation().Id;

        Assert.Equal(["tag.created"], _recorded.NamesOf(() => Account.CreateTag("Größe / 東京", "red")));
        var tag = (Tag)_recorded.Last.Payload;
        Account.AddTag(conversation, tag.Name!);
        Assert.Equal("gr-e", tag.Slug);
        Assert.DoesNotContain("updatedAt", Text(_recorded.Events[^2]), StringComparison.Ordinal);
        Assert.Equal(["tag.updated"], _recorded.NamesOf(() => Account.UpdateTag(tag.Id, name: "Size")));
        Assert.Equal("Size", Assert.Single(_recorded.Find(conversation).Tags).Tag);
        Assert.Equal(["tag.deleted"], _recorded.NamesOf(() => Account.DeleteTag(tag.Id)));
        Assert.Empty(_recorded.Find(conversation).Tags);
        Assert.Throws<ArgumentException>(() => Account.CreateTag("urgent"));
    }

    [Fact]
    public void Availability_of_a_user_changes()
    {
        Assert.Equal(
            ["user.status.changed"],
            _recorded.NamesOf(() => Account.SetUserStatus(Maya, EmailAvailabilityStatus.Away, ChatAvailabilityStatus.Custom)));

        Assert.Contains("\"mailboxStatuses\":{\"318842\":\"assign\",\"318907\":\"unavailable\"}", Text(_recorded.Last), StringComparison.Ordinal);
        Assert.Equal("away", Account.FindUser(Maya)!.Status.Email!.Status!.Value.Text);
        Account.SetUserStatus(Maya, chat: ChatAvailabilityStatus.Available);
        Assert.Contains("\"mailboxStatuses\":[]", Text(_recorded.Last), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_id_is_reported_and_changes_nothing()
    {
        var exception = Assert.Throws<ArgumentException>(() => Account.ReplyAsCustomer(5, "Hello"));

        Assert.Contains("no conversation 5", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_recorded.Events);
    }
}
