using Scouthook.Payloads;
using static Scouthook.Testing.Tests.Emulating.Account.RecordedAccount;

namespace Scouthook.Testing.Tests.Emulating.Account;

public sealed class ConversationActionTests
{
    private readonly RecordedAccount _recorded = new();

    private HelpScoutAccount Account => _recorded.Account;

    [Fact]
    public void Email_of_a_known_customer_starts_a_conversation()
    {
        var names = _recorded.NamesOf(() => Account.StartConversation(_recorded.Zoe, "Invoice", "<p>Wrong&nbsp;<b>VAT</b></p>"));

        var conversation = Assert.Single(Account.Conversations);
        Assert.Equal(["convo.created"], names);
        Assert.True(conversation.Id > int.MaxValue);
        Assert.Equal("active", conversation.Status!.Value.Text);
        Assert.Equal("Wrong VAT", conversation.Preview);
        Assert.Equal(1, conversation.ThreadCount);
        Assert.Null(conversation.Assignee);
        Assert.Equal(new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero), conversation.CreatedAt);
        Assert.Equal(conversation.CreatedAt, conversation.CustomerWaitingSince!.Time);
        Assert.Equal(318842, _recorded.Last.MailboxId);
        Assert.Equal($"/v2/conversations/{conversation.Id}", _recorded.Last.ResourcePath);
    }

    [Fact]
    public void Email_of_a_stranger_creates_the_customer_first()
    {
        var names = _recorded.NamesOf(() => Account.ReceiveEmail("new@example.org", "Hi", "Hello", 318907));
        var again = _recorded.NamesOf(() => Account.ReceiveEmail("NEW@example.org", "Hi", "Hello"));

        Assert.Equal(["customer.created", "convo.created"], names);
        Assert.Equal(["convo.created"], again);
        Assert.Single(Account.Customers, customer => customer.Embedded.Emails[0].Value == "new@example.org");
        Assert.Equal(318907, Account.Conversations[1].MailboxId);
    }

    [Fact]
    public void User_who_writes_first_causes_a_reply_event_too()
    {
        var names = _recorded.NamesOf(() => Account.StartConversationAsUser(Maya, _recorded.Zoe, "Renewal", "Hello"));

        var conversation = Assert.Single(Account.Conversations);
        Assert.Equal(["convo.created", "convo.agent.reply.created"], names);
        Assert.Equal("user", conversation.CreatedBy!.Type!.Value.Text);
        Assert.Equal(Maya, conversation.Assignee!.Id);
        Assert.NotNull(conversation.Links!.CreatedByUser);
        Assert.Null(conversation.Links.CreatedByCustomer);
    }

    [Fact]
    public void Question_to_AI_Answers_has_its_own_event()
    {
        var names = _recorded.NamesOf(() => Account.StartAiAnswersConversation(_recorded.Zoe, "Seats?", "In Settings.", "A person, please"));

        Assert.Equal(["convo.ai-answers.created"], names);
        Assert.Equal("A person, please", Account.Conversations[0].Preview);
        Assert.Equal(
            ["customer", "message", "customer"],
            Account.FindThreads(Account.Conversations[0].Id)!.Select(thread => thread.Type!.Value.Text));
    }

    [Fact]
    public void Reply_of_a_user_assigns_the_conversation_and_may_close_it()
    {
        var id = _recorded.Conversation().Id;

        var names = _recorded.NamesOf(() => Account.ReplyAsUser(id, Maya, "Done", ConversationStatus.Closed));

        var conversation = _recorded.Find(id);
        Assert.Equal(["convo.agent.reply.created", "convo.assigned", "convo.status"], names);
        Assert.Equal(Maya, conversation.Assignee!.Id);
        Assert.Equal(Maya, conversation.ClosedBy);
        Assert.Equal(conversation.UserUpdatedAt, conversation.ClosedAt);
        Assert.Equal(conversation.CreatedAt!.Value.AddMinutes(21), conversation.ClosedAt);
        Assert.Equal(2, conversation.ThreadCount);
        Assert.Equal("Done", conversation.Embedded.Threads[0].Body);
        Assert.Equal(8730119, conversation.FolderId);
    }

    [Fact]
    public void Reply_of_the_customer_reopens_a_closed_conversation()
    {
        var id = _recorded.Conversation().Id;
        Account.SetStatus(id, ConversationStatus.Closed, Tobias);
        _recorded.Clock.Advance(TimeSpan.FromHours(3));

        var names = _recorded.NamesOf(() => Account.ReplyAsCustomer(id, "Still broken"));

        var conversation = _recorded.Find(id);
        Assert.Equal(["convo.customer.reply.created", "convo.status"], names);
        Assert.Equal("active", conversation.Status!.Value.Text);
        Assert.Null(conversation.ClosedAt);
        Assert.Equal(0, conversation.ClosedBy);
        Assert.Equal("unknown", conversation.ClosedByUser!.First);
        Assert.Equal(conversation.UserUpdatedAt, conversation.CustomerWaitingSince!.Time);
    }

    [Fact]
    public void Reply_of_the_customer_leaves_spam_alone()
    {
        var id = _recorded.Conversation().Id;
        Account.SetStatus(id, ConversationStatus.Spam);

        Assert.Equal(["convo.customer.reply.created"], _recorded.NamesOf(() => Account.ReplyAsCustomer(id, "Buy now")));
        Assert.Equal("spam", _recorded.Find(id).Status!.Value.Text);
    }

    [Fact]
    public void Note_counts_as_a_thread()
    {
        var id = _recorded.Conversation().Id;

        Assert.Equal(["convo.note.created"], _recorded.NamesOf(() => Account.AddNote(id, Maya, "VIP")));
        Assert.Equal(2, _recorded.Find(id).ThreadCount);
        Assert.Equal("note", _recorded.Find(id).Embedded.Threads[0].Type!.Value.Text);
    }

    [Fact]
    public void Conversation_can_be_assigned_to_a_user_or_team_and_unassigned()
    {
        var id = _recorded.Conversation().Id;

        Assert.Equal(["convo.assigned"], _recorded.NamesOf(() => Account.Assign(id, 772001, Maya)));
        Assert.Equal("team", _recorded.Find(id).Assignee!.Type!.Value.Text);
        Assert.Equal(8730115, _recorded.Find(id).FolderId);
        Assert.Empty(_recorded.NamesOf(() => Account.Assign(id, 772001)));
        Assert.Equal(["convo.assigned"], _recorded.NamesOf(() => Account.Assign(id, null)));
        Assert.DoesNotContain("\"assignee\"", Text(_recorded.Last), StringComparison.Ordinal);
    }

    [Fact]
    public void Status_change_is_a_line_item_that_is_not_counted()
    {
        var id = _recorded.Conversation().Id;

        Assert.Equal(["convo.status"], _recorded.NamesOf(() => Account.SetStatus(id, ConversationStatus.Closed)));
        Assert.Empty(_recorded.NamesOf(() => Account.SetStatus(id, ConversationStatus.Closed)));
        Assert.Equal(1, _recorded.Find(id).ClosedBy);
        Assert.Equal(1, _recorded.Find(id).ThreadCount);
        Assert.Equal(["lineitem", "customer"], Account.FindThreads(id)!.Select(thread => thread.Type!.Value.Text));
        Assert.Single(_recorded.Find(id).Embedded.Threads);
    }

    [Fact]
    public void New_tag_is_created_before_it_is_added()
    {
        var id = _recorded.Conversation().Id;

        Assert.Equal(["tag.created", "convo.tags"], _recorded.NamesOf(() => Account.AddTag(id, "Brand new")));
        Assert.Equal(["convo.tags"], _recorded.NamesOf(() => Account.AddTag(id, "urgent")));
        Assert.Empty(_recorded.NamesOf(() => Account.AddTag(id, "URGENT")));
        Assert.Equal(["Brand new", "urgent"], _recorded.Find(id).Tags.Select(tag => tag.Tag));
        Assert.Equal(1, Account.Tags.Single(tag => tag.Name == "urgent").TicketCount);
        Assert.Equal(["convo.tags"], _recorded.NamesOf(() => Account.RemoveTag(id, "urgent")));
        Assert.Equal(0, Account.Tags.Single(tag => tag.Name == "urgent").TicketCount);
    }

    [Fact]
    public void Move_changes_inbox_and_folder_and_drops_custom_fields()
    {
        var id = _recorded.Conversation().Id;
        Assert.Equal(["convo.custom-fields"], _recorded.NamesOf(() => Account.SetCustomField(id, 20111, "33078")));
        Assert.Equal("Team", Assert.Single(_recorded.Find(id).CustomFields).Text);

        Assert.Equal(["convo.moved"], _recorded.NamesOf(() => Account.Move(id, 318907)));

        Assert.Equal(318907, _recorded.Find(id).MailboxId);
        Assert.Equal(318907, _recorded.Last.MailboxId);
        Assert.Equal(8731990, _recorded.Find(id).FolderId);
        Assert.Empty(_recorded.Find(id).CustomFields);
        Assert.Equal(318842, Account.FindThreads(id)![0].Action!.AssociatedEntities["mailbox"]);
    }

    [Fact]
    public void Merged_conversation_redirects_for_60_days()
    {
        var surviving = _recorded.Conversation().Id;
        var merged = _recorded.Conversation().Id;

        Assert.Equal(["convo.merged"], _recorded.NamesOf(() => Account.Merge(surviving, merged)));

        Assert.Equal(surviving, ((Conversation)_recorded.Last.Payload).Id);
        Assert.DoesNotContain(merged.ToString(System.Globalization.CultureInfo.InvariantCulture), Text(_recorded.Last), StringComparison.Ordinal);
        Assert.Equal(2, _recorded.Find(surviving).ThreadCount);
        Assert.Equal(merged, Account.FindThreads(surviving)![0].Action!.AssociatedEntities["originalConversation"]);
        Assert.Equal(surviving, Account.FindConversation(merged).MergedInto);
        Assert.Null(Account.FindConversation(merged).Conversation);
        _recorded.Clock.Advance(TimeSpan.FromDays(60) - TimeSpan.FromTicks(1));
        Assert.Equal(surviving, Account.FindConversation(merged).MergedInto);
        _recorded.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Account.FindConversation(merged).MergedInto);
    }

    [Fact]
    public void Snooze_ends_at_its_time_or_with_the_reply_of_the_customer()
    {
        var id = _recorded.Conversation().Id;

        Assert.Equal(
            ["convo.status"], _recorded.NamesOf(() => Account.Snooze(id, Maya, _recorded.Clock.GetUtcNow().AddHours(2))));

        Assert.Equal("pending", _recorded.Find(id).Status!.Value.Text);
        Assert.Equal("snooze", _recorded.Find(id).NextEvent!.EventType!.Value.Text);
        _recorded.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Null(_recorded.Find(id).Snooze);
        Account.Snooze(id, Maya, _recorded.Clock.GetUtcNow().AddHours(2));
        Account.ReplyAsCustomer(id, "Me again");
        Assert.Null(_recorded.Find(id).Snooze);
        Assert.Null(_recorded.Find(id).NextEvent);
    }

    [Fact]
    public void Deleted_conversation_is_gone_with_its_ratings()
    {
        var id = _recorded.Conversation().Id;
        Account.ReplyAsUser(id, Maya, "Done");
        var rating = Account.Rate(id, RatingValue.Great);
        Account.AddTag(id, "urgent");

        Assert.Equal(["convo.deleted"], _recorded.NamesOf(() => Account.DeleteConversation(id)));

        Assert.Equal($$"""{"id":{{id}}}""", Text(_recorded.Last));
        Assert.Equal(318842, _recorded.Last.MailboxId);
        Assert.Equal(new ConversationLookup(), Account.FindConversation(id));
        Assert.Null(Account.FindThreads(id));
        Assert.Null(Account.FindRating(rating.Id));
        Assert.Equal(0, Account.Tags.Single(tag => tag.Name == "urgent").TicketCount);
        Assert.Null(Account.FindCustomer(_recorded.Zoe)!.ConversationCount);
    }

    [Fact]
    public void Attachments_get_ids_and_links()
    {
        var conversation = Account.StartConversation(
            _recorded.Zoe, "Invoice", "See attachment", attachments: [new() { Filename = "a.pdf", MimeType = "application/pdf", Size = 9 }]);

        var attachment = Assert.Single(conversation.Embedded.Threads[0].Embedded.Attachments);
        Assert.Equal(
            $"https://api.helpscout.net/v2/conversations/{conversation.Id}/attachments/{attachment.Id}/data", attachment.Links!.Data!.Href);
    }
}
