using Scouthook.Events;
using Scouthook.Payloads;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Payloads;

/// <summary>At least one sample of each family, with expected values taken from the files by hand.</summary>
public class PayloadValuesTests
{
    [Fact]
    public void Conversation_is_read_with_its_members()
    {
        var it = Of<ConversationCreated>("convo.created").Conversation;

        Assert.Equal(3352330101L, it.Id);
        Assert.Equal(48213L, it.Number);
        Assert.Equal(1, it.ThreadCount);
        Assert.Equal(ConversationType.Email, it.Type);
        Assert.Equal(8730112L, it.FolderId);
        Assert.Equal(ConversationStatus.Active, it.Status);
        Assert.Equal(ConversationState.Published, it.State);
        Assert.Equal("Invoice #2026/114 – wrong VAT", it.Subject);
        Assert.Equal(
            "Hello, the invoice I got this morning shows 25% VAT but we're registered in Italy…", it.Preview);
        Assert.Equal(318842L, it.MailboxId);
        Assert.Null(it.Assignee);
        Assert.Equal(640118273L, it.CreatedBy!.Id);
        Assert.Equal(PersonType.Customer, it.CreatedBy.Type);
        Assert.Equal("Zoë", it.CreatedBy.First);
        Assert.Equal("Marchetti", it.CreatedBy.Last);
        Assert.Equal("https://cdn.example.com/customer-avatar/03.png", it.CreatedBy.PhotoUrl);
        Assert.Equal("zoe.marchetti@example.org", it.CreatedBy.Email);
        Assert.Equal(Utc(2026, 3, 2, 8, 14, 9), it.CreatedAt);
        Assert.Equal(0L, it.ClosedBy);
        Assert.Equal(0L, it.ClosedByUser!.Id);
        Assert.Equal("unknown", it.ClosedByUser.First);
        Assert.Null(it.ClosedAt);
        Assert.Equal(Utc(2026, 3, 2, 8, 14, 9), it.UserUpdatedAt);
        Assert.Equal(Utc(2026, 3, 2, 8, 14, 9), it.CustomerWaitingSince!.Time);
        Assert.Equal("1 min ago", it.CustomerWaitingSince.Friendly);
        Assert.Equal(ReplyFrom.Customer, it.CustomerWaitingSince.LatestReplyFrom);
        Assert.Equal(SourceType.Email, it.Source!.Type);
        Assert.Equal(SourceVia.Customer, it.Source.Via);
        Assert.Empty(it.Tags);
        Assert.Equal(["accounts@example.org"], it.Cc);
        Assert.Empty(it.Bcc);
        Assert.Equal(640118273L, it.PrimaryCustomer!.Id);
        Assert.Null(it.Snooze);
        Assert.Null(it.NextEvent);
        Assert.Empty(it.CustomFields);
    }

    [Fact]
    public void Links_of_a_conversation_are_read()
    {
        var links = Of<ConversationStatusChanged>("convo.status").Conversation.Links!;

        Assert.Equal("https://api.helpscout.net/v2/conversations/3352330077", links.Self!.Href);
        Assert.Equal("https://api.helpscout.net/v2/mailboxes/318842", links.Mailbox!.Href);
        Assert.Equal("https://api.helpscout.net/v2/customers/642003316", links.PrimaryCustomer!.Href);
        Assert.Equal("https://api.helpscout.net/v2/customers/642003316", links.CreatedByCustomer!.Href);
        Assert.Null(links.CreatedByUser);
        Assert.Equal("https://api.helpscout.net/v2/users/1", links.ClosedBy!.Href);
        Assert.Equal("https://api.helpscout.net/v2/conversations/3352330077/threads/", links.Threads!.Href);
        Assert.Null(links.Assignee);
        Assert.Equal("https://secure.helpscout.net/conversation/3352330077/48207", links.Web!.Href);
    }

    [Fact]
    public void Closed_conversation_has_a_time_and_a_user()
    {
        var it = Of<ConversationStatusChanged>("convo.status").Conversation;

        Assert.Equal(ConversationStatus.Closed, it.Status);
        Assert.Equal("", it.Preview);
        Assert.Equal(1L, it.ClosedBy);
        Assert.Equal("Help", it.ClosedByUser!.First);
        Assert.Equal("Scout", it.ClosedByUser.Last);
        Assert.Equal("none@nowhere.com", it.ClosedByUser.Email);
        Assert.Equal(Utc(2026, 3, 1, 22, 47, 31), it.ClosedAt);
    }

    [Fact]
    public void Thread_is_read_with_its_attachments()
    {
        var thread = Assert.Single(Of<AgentReplyCreated>("convo.agent.reply.created").Conversation.Embedded.Threads);

        Assert.Equal(9915554400L, thread.Id);
        Assert.Equal(ConversationThreadType.Message, thread.Type);
        Assert.Equal(ConversationThreadStatus.Pending, thread.Status);
        Assert.Equal(ConversationThreadState.Published, thread.State);
        Assert.Equal(ThreadActionType.Default, thread.Action!.Type);
        Assert.Null(thread.Action.Text);
        Assert.Empty(thread.Action.AssociatedEntities);
        Assert.Equal("Here it is as PDF/A-3. I'll check in on Thursday.<br><br>Maya", thread.Body);
        Assert.Equal(SourceType.Web, thread.Source!.Type);
        Assert.Equal(SourceVia.User, thread.Source.Via);
        Assert.Equal(640118273L, thread.Customer!.Id);
        Assert.Null(thread.Customer.Type);
        Assert.Equal("Maya", thread.CreatedBy!.First);
        Assert.Equal(771204L, thread.AssignedTo!.Id);
        Assert.Equal(88213L, thread.SavedReplyId);
        Assert.Equal(["zoe.marchetti@example.org"], thread.To);
        Assert.Equal(["accounts@example.org"], thread.Cc);
        Assert.Equal(["archive@example.com"], thread.Bcc);
        Assert.Equal(Utc(2026, 3, 2, 17, 5, 20), thread.CreatedAt);
        Assert.Null(thread.OpenedAt);
        Assert.Null(thread.Rating);
        Assert.Equal("https://api.helpscout.net/v2/users/771204", thread.Links!.AssignedTo!.Href);
        Assert.Equal("https://api.helpscout.net/v2/users/771204", thread.Links.CreatedByUser!.Href);
        Assert.Equal("https://api.helpscout.net/v2/customers/640118273", thread.Links.Customer!.Href);
        var attachment = Assert.Single(thread.Embedded.Attachments);
        Assert.Equal(702219007L, attachment.Id);
        Assert.Equal("fattura-2026-114_rév2.pdf", attachment.Filename);
        Assert.Equal("application/pdf", attachment.MimeType);
        Assert.Equal(51877L, attachment.Size);
        Assert.Equal(AttachmentState.Valid, attachment.State);
        Assert.Null(attachment.Width);
        Assert.Equal(
            "https://api.helpscout.net/v2/conversations/3352330101/attachments/702219007/data",
            attachment.Links!.Data!.Href);
    }

    [Fact]
    public void Image_attachment_has_a_width_and_height()
    {
        var image = Of<ConversationCreated>("convo.created").Conversation.Embedded.Threads[0].Embedded.Attachments[1];

        Assert.Equal("capture.png", image.Filename);
        Assert.Equal(640, image.Width);
        Assert.Equal(480, image.Height);
        Assert.Equal(20191L, image.Size);
    }

    [Fact]
    public void Line_item_has_an_action()
    {
        var threads = Of<ConversationStatusChanged>("convo.status").Conversation.Embedded.Threads;

        Assert.Equal(2, threads.Count);
        Assert.Equal(ConversationThreadType.LineItem, threads[0].Type);
        Assert.Equal("automatic-workflow", threads[0].Action!.Type!.Value.Text);
        Assert.Equal("Workflow “Auto-close bounces” was run", threads[0].Action!.Text);
        Assert.Equal(611402L, Assert.Single(threads[0].Action!.AssociatedEntities, associatedEntity => associatedEntity.Key == "workflow").Value);
        Assert.Null(threads[0].Body);
        Assert.Equal(SourceType.Workflows, threads[0].Source!.Type);
        Assert.Equal("<pre>Final-Recipient: rfc822; nobody@example.org\nAction: failed</pre>", threads[1].Body);
    }

    [Fact]
    public void Rated_and_opened_thread_is_read()
    {
        var conversation = Of<ConversationTagsChanged>("convo.tags").Conversation;

        var thread = Assert.Single(conversation.Embedded.Threads);

        Assert.Equal(Utc(2026, 3, 2, 14, 10, 44), thread.OpenedAt);
        Assert.Equal(640118273L, thread.Rating!.CustomerId);
        Assert.Equal(RatingValue.Great, thread.Rating.Rating);
        Assert.Equal("", thread.Rating.Comments);
        Assert.Equal(["login", "follow up", "café / 東京"], conversation.Tags.Select(tag => tag.Tag));
        Assert.Equal(["#929499", "#f5b72f", "#7fc8dd"], conversation.Tags.Select(tag => tag.Color));
        Assert.Equal([5120077L, 5133410L, 5133999L], conversation.Tags.Select(tag => tag.Id));
    }

    [Fact]
    public void Custom_fields_of_a_conversation_are_read()
    {
        var conversation = Of<ConversationCustomFieldsChanged>("convo.custom-fields").Conversation;

        Assert.Equal(ConversationType.Phone, conversation.Type);
        Assert.Equal([20111L, 20112, 20113, 20114, 20115], conversation.CustomFields.Select(field => field.Id!.Value));
        Assert.Equal(
            ["Plan", "Renewal date", "Seats", "Order ref", "Notes"],
            conversation.CustomFields.Select(field => field.Name));
        Assert.Equal(
            ["33077", "2026-04-30", "12", "AC/77-19", ""], conversation.CustomFields.Select(field => field.Value));
        Assert.Equal(
            ["Trial", "2026-04-30", "12", "AC/77-19", ""], conversation.CustomFields.Select(field => field.Text));
    }

    [Fact]
    public void Team_assignee_has_only_a_first_name()
    {
        var assignee = Of<ConversationAssigned>("convo.assigned").Conversation.Assignee!;

        Assert.Equal(772001L, assignee.Id);
        Assert.Equal(PersonType.Team, assignee.Type);
        Assert.Equal("Billing", assignee.First);
        Assert.Equal("", assignee.Last);
        Assert.Null(assignee.Email);
    }

    [Fact]
    public void Snooze_and_next_event_of_a_conversation_are_read()
    {
        var noted = Of<NoteCreated>("convo.note.created").Conversation;
        var replied = Of<AgentReplyCreated>("convo.agent.reply.created").Conversation;

        Assert.Equal(771339L, noted.Snooze!.SnoozedBy);
        Assert.Equal(Utc(2026, 3, 3, 8, 0, 0), noted.Snooze.SnoozedUntil);
        Assert.True(noted.Snooze.UnsnoozeOnCustomerReply);
        Assert.Equal(NextEventType.Snooze, noted.NextEvent!.EventType);
        Assert.Equal(Utc(2026, 3, 5, 9, 0, 0), replied.NextEvent!.Time);
        Assert.Equal(NextEventType.Scheduled, replied.NextEvent.EventType);
        Assert.Equal(771204L, replied.NextEvent.UserId);
        Assert.True(replied.NextEvent.CancelOnCustomerReply);
    }

    [Fact]
    public void Conversation_started_by_AI_answers_is_read()
    {
        var it = Of<ConversationCreatedByAiAnswers>("convo.ai-answers.created").Conversation;

        Assert.Equal(ConversationType.Chat, it.Type);
        Assert.Equal(SourceType.Beacon, it.Source!.Type);
        Assert.Equal([9915543020L, 9915543019L], it.Embedded.Threads.Select(thread => thread.Id!.Value));
        Assert.Equal(ConversationThreadStatus.NoChange, it.Embedded.Threads[1].Status);
        Assert.Equal("You can change the seat count under Settings → Billing.", it.Embedded.Threads[1].Body);
    }

    [Fact]
    public void Customer_is_read_with_all_members()
    {
        var it = Of<CustomerUpdated>("customer.updated").Customer;

        Assert.Equal(640118273L, it.Id);
        Assert.Equal("Zoë", it.FirstName);
        Assert.Equal("Marchetti", it.LastName);
        Assert.Equal(Gender.Female, it.Gender);
        Assert.Equal("Head of Finance", it.JobTitle);
        Assert.Equal("Torino, IT", it.Location);
        Assert.Equal("Officina Nord S.r.l.", it.Organization);
        Assert.Equal(40217L, it.OrganizationId);
        Assert.Equal(PhotoType.Gravatar, it.PhotoType);
        Assert.Equal("https://avatars.example.com/avatar/5d41402abc4b2a76", it.PhotoUrl);
        Assert.Equal("30-35", it.Age);
        Assert.Equal(7, it.ConversationCount);
        Assert.Equal(Utc(2024, 5, 14, 7, 22, 1), it.CreatedAt);
        Assert.Equal(Utc(2026, 3, 2, 16, 45, 3), it.UpdatedAt);
        Assert.Equal("Prefers e-mail. “VIP” since 2024.", it.Background);
        Assert.False(it.Draft);
        Assert.Equal([808114021L, 808114399L], it.Embedded.Emails.Select(entry => entry.Id!.Value));
        Assert.Equal(["zoe.marchetti@example.org", "zoe@example.net"], it.Embedded.Emails.Select(entry => entry.Value));
        Assert.Equal(ContactType.Home, it.Embedded.Emails[1].Type);
        Assert.Equal("+39 011 555 0142", Assert.Single(it.Embedded.Phones).Value);
        Assert.Equal("skype", Assert.Single(it.Embedded.Chats).Type!.Value.Text);
        Assert.Equal("https://social.example.com/zoe", Assert.Single(it.Embedded.SocialProfiles).Value);
        Assert.Equal("https://officina-nord.example.org/", Assert.Single(it.Embedded.Websites).Value);
        Assert.Equal(6620119L, it.Embedded.Websites[0].Id);
        Assert.Equal(["erp-id", "tier"], it.Embedded.Properties.Select(property => property.Slug));
        Assert.Equal("dropdown", it.Embedded.Properties[1].Type);
        Assert.Equal("Tier", it.Embedded.Properties[1].Name);
        Assert.Equal("gold", it.Embedded.Properties[1].Value);
        Assert.Equal("Gold ★", it.Embedded.Properties[1].Text);
        Assert.Equal("Billing sync", it.Embedded.Properties[1].Source!.Name);
        Assert.Equal("Torino", it.Embedded.Address!.City);
        Assert.Equal("TO", it.Embedded.Address.State);
        Assert.Equal("10121", it.Embedded.Address.PostalCode);
        Assert.Equal("IT", it.Embedded.Address.Country);
        Assert.Equal(["Via dell'Esempio 4", "c/o Officina Nord"], it.Embedded.Address.Lines);
        Assert.Equal("https://api.helpscout.net/v2/customers/640118273/address/", it.Links!.Address!.Href);
        Assert.Equal(
            "https://api.helpscout.net/v2/customers/640118273/social-profiles/", it.Links.SocialProfiles!.Href);
        Assert.Equal("https://api.helpscout.net/v2/customers/640118273", it.Links.Self!.Href);
    }

    [Fact]
    public void Customer_with_few_members_is_read()
    {
        var it = Of<CustomerCreated>("customer.created").Customer;

        Assert.Equal("Mailer", it.FirstName);
        Assert.Null(it.LastName);
        Assert.Equal(Gender.Unknown, it.Gender);
        Assert.Equal(PhotoType.Default, it.PhotoType);
        Assert.Equal("", it.Background);
        Assert.Null(it.Age);
        Assert.Null(it.ConversationCount);
        Assert.Null(it.Embedded.Address);
        Assert.Empty(it.Embedded.Phones);
        Assert.Equal(ContactType.Work, Assert.Single(it.Embedded.Emails).Type);
    }

    [Fact]
    public void Rating_is_read_with_its_time_without_a_zone_as_UTC()
    {
        var it = Of<SatisfactionRatingReceived>("satisfaction.ratings").Rating;

        Assert.Equal(19920417L, it.Id);
        Assert.Equal(640118273L, it.Customer!.Id);
        Assert.Equal("zoe.marchetti@example.org", it.Customer.Email);
        Assert.Equal("Zoë", it.Customer.FirstName);
        Assert.Equal("Marchetti", it.Customer.LastName);
        Assert.Equal("https://cdn.example.com/customer-avatar/03.png", it.Customer.PhotoUrl);
        Assert.Equal(9915554400L, it.ThreadId);
        Assert.Equal(3352330101L, it.ConversationId);
        Assert.Equal(48213L, it.ConversationNumber);
        Assert.Equal(318842L, it.MailboxId);
        Assert.Equal(RatingValue.NotGood, it.Value);
        Assert.Equal(771204L, it.User!.Id);
        Assert.Equal("maya@example.com", it.User.Email);
        Assert.Equal("Maya", it.User.FirstName);
        Assert.Equal("Lindqvist", it.User.LastName);
        Assert.Equal("Took 3 e-mails… 😕", it.Comments);
        Assert.Equal(Utc(2026, 3, 2, 18, 12, 40), it.CreatedAt);
        Assert.Equal(TimeSpan.Zero, it.CreatedAt!.Value.Offset);
        Assert.Null(it.ModifiedAt);
        Assert.Equal("https://api.helpscout.net/v2/conversations/3352330101", it.Links!.Conversation!.Href);
        Assert.Equal("https://api.helpscout.net/v2/ratings/19920417", it.Links.Self!.Href);
    }

    [Fact]
    public void Chat_is_read_with_its_events()
    {
        var it = Of<BeaconChatCustomerReplied>("beacon.chat.customer.replied").Chat;

        Assert.Equal("0f9d6c1e-5b7a-4c0e-9a57-2d3f8e61b704", it.Id);
        Assert.Equal("b8a3c5d2-77f1-4a4e-8f0c-1e2d3c4b5a69", it.BeaconId);
        Assert.Equal(318842L, it.MailboxId);
        Assert.Equal(Utc(2026, 3, 3, 9, 15, 2).AddTicks(1182040), it.CreatedAt);
        Assert.Null(it.EndedAt);
        Assert.Equal(PersonType.Agent, it.Assignee!.Type);
        Assert.Equal("Tobias", it.Assignee.First);
        Assert.Equal("Araújo", it.Customer!.Last);
        Assert.Equal("GET /v2/conversations", it.Preview);
        Assert.Equal(20114L, Assert.Single(it.CustomFields).Id);
        Assert.Equal("AC/77-19", it.CustomFields[0].Value);
        Assert.Null(it.Tags[0].Id);
        Assert.Equal("api", it.Tags[0].Slug);
        Assert.Equal("none", it.Tags[0].Color);
        Assert.Equal(5120077L, it.Tags[1].Id);
        Assert.Equal(ChatTimelineType.PageViewed, it.Timeline[0].Type);
        Assert.Equal(Utc(2026, 3, 3, 9, 13, 40).AddTicks(41120), it.Timeline[0].Timestamp);
        Assert.Equal("https://app.example.com/pricing?plan=team&utm=a/b", it.Timeline[0].Url);
        Assert.Equal("Pricing – Example App", it.Timeline[0].Title);
        Assert.Equal(ChatTimelineType.ChatStarted, it.Timeline[1].Type);
        Assert.Equal(4, it.Embedded.Events.Count);
        Assert.Equal(ChatEventType.LineItem, it.Embedded.Events[1].Type);
        Assert.Equal(ChatEventAction.ChatAccepted, it.Embedded.Events[1].Action);
        Assert.Null(it.Embedded.Events[1].Body);
        Assert.Equal(ChatEventType.Message, it.Embedded.Events[3].Type);
        Assert.Equal(ChatEventAction.MessageAdded, it.Embedded.Events[3].Action);
        Assert.Equal("4a1d2c3b-0004-4e5f-8a9b-0c1d2e3f4a5b", it.Embedded.Events[3].Id);
        Assert.Equal(it.Id, it.Embedded.Events[3].ChatId);
        Assert.Equal(641907755L, it.Embedded.Events[3].Author!.Id);
        Assert.Equal(Utc(2026, 3, 3, 9, 16, 20).AddTicks(29170), it.Embedded.Events[3].CreatedAt);
        Assert.Equal("GET /v2/conversations", it.Embedded.Events[3].Body);
        Assert.Empty(it.Embedded.Events[3].Params);
        Assert.Equal("https://api.helpscout.net/v2/customers/641907755", it.Embedded.Events[3].Links!.Author!.Href);
        Assert.Equal(
            "https://api.helpscout.net/v2/chats/0f9d6c1e-5b7a-4c0e-9a57-2d3f8e61b704", it.Links!.Self!.Href);
    }

    [Fact]
    public void Chat_not_yet_accepted_has_no_assignee()
    {
        var it = Of<BeaconChatCreated>("beacon.chat.created").Chat;

        Assert.Null(it.Assignee);
        Assert.Empty(it.CustomFields);
        Assert.Empty(it.Tags);
        Assert.Equal("Hi! Is the API down? 🤔", Assert.Single(it.Embedded.Events).Body);
    }

    [Fact]
    public void Tag_is_read_with_its_members()
    {
        var it = Of<TagUpdated>("tag.updated").Tag;

        Assert.Equal(5133410L, it.Id);
        Assert.Equal("follow-up", it.Slug);
        Assert.Equal("Follow up", it.Name);
        Assert.Equal("yellow", it.Color);
        Assert.Equal(Utc(2023, 9, 11, 6, 40, 0), it.CreatedAt);
        Assert.Equal(Utc(2026, 3, 2, 14, 25, 17), it.UpdatedAt);
        Assert.Equal(318, it.TicketCount);
        Assert.Null(it.Links);
        Assert.Null(Of<TagCreated>("tag.created").Tag.UpdatedAt);
        Assert.Equal("café / 東京", Of<TagCreated>("tag.created").Tag.Name);
    }

    [Fact]
    public void Organization_is_read_with_its_members()
    {
        var it = Of<OrganizationUpdated>("organization.updated").Organization;

        Assert.Equal(40217L, it.Id);
        Assert.Equal("Officina Nord S.r.l.", it.Name);
        Assert.Equal("officina-nord.example.org", it.Website);
        Assert.Equal("Machine parts", it.Description);
        Assert.Equal("IT", it.Location);
        Assert.Equal("https://cdn.example.com/org/40217/logo.png", it.LogoUrl);
        Assert.Equal("Renews each April", it.Note);
        Assert.Equal(["officina-nord.example.org", "example.org"], it.Domains);
        Assert.Equal(["+39 011 555 0100", "011-555-0101 ext. 4"], it.Phones);
        Assert.Equal("#0A5FFF", it.BrandColor);
        Assert.Null(it.CustomerCount);
        Assert.Null(it.ConversationCount);
        Assert.Empty(it.Embedded.Properties);
        Assert.Equal("https://api.helpscout.net/v2/organizations/40217", it.Links!.Self!.Href);
        Assert.Equal("Kafé & Co", Of<OrganizationCreated>("organization.created").Organization.Name);
    }

    [Fact]
    public void User_status_is_read_with_its_members()
    {
        var it = Of<UserStatusChanged>("user.status.changed").Status;

        Assert.Equal(771339L, it.UserId);
        Assert.Equal(EmailAvailabilityStatus.Away, it.Email!.Status);
        Assert.Equal(Utc(2026, 3, 4, 12, 0, 5), it.Email.UpdatedAt);
        Assert.Equal(771339L, it.Email.PerformedBy);
        Assert.Equal(StatusSource.PresenceDetection, it.Email.Source);
        Assert.Equal(ChatAvailabilityStatus.Custom, it.Chat!.Status);
        Assert.Equal(2, it.Chat.MailboxStatuses.Count);
        Assert.Equal(ChatAvailabilityStatus.Assign, it.Chat.MailboxStatuses["318842"]);
        Assert.Equal(ChatAvailabilityStatus.Unavailable, it.Chat.MailboxStatuses["318907"]);
        Assert.Equal("https://api.helpscout.net/v2/users/771339/status", it.Links!.Self!.Href);
    }

    [Fact]
    public void Survey_answer_is_read_with_its_customer()
    {
        var it = Of<SurveyResponseReceived>("message.survey.response.received").Response;

        Assert.Equal("March pulse: “how are we doing?”", it.Message!.Name);
        Assert.Equal("Happy", it.Response!.Name);
        Assert.Equal("😀", it.Response.Value);
        Assert.Null(it.Response.Category);
        Assert.Equal("Schnelle Antwort, danke!", it.Response.Comment);
        Assert.Equal(Utc(2026, 3, 4, 7, 58, 21), it.Response.Timestamp);
        Assert.Equal(640118273L, it.Embedded.Customer!.Id);
        Assert.Equal("Marchetti", it.Embedded.Customer.LastName);
        Assert.Equal("zoe.marchetti@example.org", Assert.Single(it.Embedded.Customer.Embedded.Emails).Value);
        Assert.Equal(
            "https://secure.helpscout.net/messages/2c1f7c54-6f0e-4b33-9c0d-8e5a1b7d9f10",
            it.Links!.MessageDashboard!.Href);
        Assert.Equal("https://secure.helpscout.net/customers/640118273", it.Links.CustomerProfile!.Href);
    }

    [Fact]
    public void Deletion_contains_the_id()
    {
        Assert.Equal(3352330002L, Of<ConversationDeleted>("convo.deleted").Deleted.Id);
        Assert.Equal(642003316L, Of<CustomerDeleted>("customer.deleted").Deleted.Id);
        Assert.Equal(5133999L, Of<TagDeleted>("tag.deleted").Deleted.Id);
        Assert.Equal(40999L, Of<OrganizationDeleted>("organization.deleted").Deleted.Id);
    }

    private static TEvent Of<TEvent>(string name)
        where TEvent : HelpScoutEvent => Assert.IsType<TEvent>(Samples.Event(name));

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute, int second) =>
        new(year, month, day, hour, minute, second, TimeSpan.Zero);
}
