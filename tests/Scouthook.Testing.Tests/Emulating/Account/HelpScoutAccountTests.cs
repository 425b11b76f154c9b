using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Payloads;
using static Scouthook.Testing.Tests.Emulating.Account.RecordedAccount;

namespace Scouthook.Testing.Tests.Emulating.Account;

public sealed class HelpScoutAccountTests
{
    private readonly RecordedAccount _recorded = new();

    private HelpScoutAccount Account => _recorded.Account;

    [Fact]
    public void New_account_is_a_small_company_without_conversations()
    {
        Assert.Equal([318842, 318907], Account.Inboxes.Select(inbox => inbox.Id));
        Assert.All(Account.Inboxes, inbox => Assert.NotEmpty(inbox.CustomFields));
        Assert.Equal("none@nowhere.com", Account.FindUser(1)!.Email);
        Assert.All(Account.Teams, team => Assert.All(team.MemberIds, id => Assert.NotNull(Account.FindUser(id))));
        Assert.NotEmpty(Account.Tags);
        Assert.NotEmpty(Account.Organizations);
        Assert.All(
            Account.Customers.Where(customer => customer.OrganizationId is not null),
            customer => Assert.Equal(customer.Organization, Account.FindOrganization(customer.OrganizationId!.Value)!.Name));
        Assert.Empty(Account.Conversations);
        Assert.Empty(_recorded.Events);
    }

    [Fact]
    public void Body_is_written_as_PHP_writes_it_and_can_be_written_as_UTF8()
    {
        Account.StartConversation(_recorded.Zoe, "a/b 🚀 \"c\"", "<p>é</p>");

        Assert.Contains(@"""subject"":""a\/b \ud83d\ude80 \""c\""""", Text(_recorded.Last), StringComparison.Ordinal);
        Assert.Contains(@"""associatedEntities"":[]", Text(_recorded.Last), StringComparison.Ordinal);
        Assert.DoesNotContain("null", Text(_recorded.Last), StringComparison.Ordinal);
        var utf8 = _recorded.Last.ToUtf8();
        Assert.Contains("""
            "subject":"a/b 🚀 \"c\""
            """, Encoding.UTF8.GetString(utf8), StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(utf8), JsonNode.Parse(_recorded.Last.Event.Body.Span)));
    }

    [Fact]
    public void Members_come_in_the_order_of_the_samples()
    {
        _recorded.Conversation();

        using var body = JsonDocument.Parse(_recorded.Last.Event.Body);
        using var sample = JsonDocument.Parse(SampleEvents.Get("convo.created").Body);
        Assert.Equal(Names(sample.RootElement), Names(body.RootElement));
        Assert.Equal(Names(FirstThread(sample)), Names(FirstThread(body)));

        static JsonElement FirstThread(JsonDocument json) => json.RootElement.GetProperty("_embedded").GetProperty("threads")[0];
        static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);
    }

    [Fact]
    public void Event_shows_the_resource_as_it_was_then()
    {
        var id = _recorded.Conversation().Id;
        var created = _recorded.Last;
        Account.SetStatus(id, ConversationStatus.Closed);

        Assert.Contains("\"status\":\"active\"", Text(created), StringComparison.Ordinal);
        Assert.Equal(RecordedAccount.Start, created.OccurredAt);
    }

    [Fact]
    public void Relative_time_follows_the_clock()
    {
        var id = _recorded.Conversation().Id;

        Assert.Equal("21 min ago", Friendly());
        _recorded.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("2 hours ago", Friendly());
        _recorded.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("May 6", Friendly());

        string? Friendly() => _recorded.Find(id).CustomerWaitingSince!.Friendly;
    }

    [Fact]
    public void Clock_that_runs_backwards_does_not_turn_times_around()
    {
        var clock = new AdjustableClock(RecordedAccount.Start);
        var account = new HelpScoutAccount(1, clock);
        var conversation = account.ReceiveEmail("ada@example.org", "Hi", "Hello");
        clock.Now -= TimeSpan.FromHours(1);

        conversation = account.ReplyAsUser(conversation.Id, 771204, "Hello");

        Assert.Equal(conversation.CreatedAt, conversation.UserUpdatedAt);
    }

    [Fact]
    public void Conversations_are_selected_by_time_inbox_status_and_tag()
    {
        var first = _recorded.Conversation().Id;
        var second = Account.StartConversation(_recorded.Zoe, "Other", "Hello", 318907).Id;
        _recorded.Clock.Advance(TimeSpan.FromMinutes(5));
        var changedAt = _recorded.Clock.GetUtcNow();
        Account.ReplyAsUser(first, Maya, "Done", ConversationStatus.Closed);
        Account.AddTag(second, "urgent");
        _recorded.Clock.Advance(TimeSpan.FromMinutes(5));
        var third = Account.StartConversation(_recorded.Zoe, "Third", "Hello").Id;

        Assert.Equal([third, second, first], Ids(new()));
        Assert.Equal([first, second, third], Ids(new() { Ascending = true, SortField = ConversationSortField.Number }));
        Assert.Equal([third, second, first], Ids(new() { ModifiedSince = changedAt.AddSeconds(-1) }));
        Assert.Equal([third], Ids(new() { ModifiedSince = changedAt.AddSeconds(1) }));
        Assert.Equal([second], Ids(new() { MailboxId = 318907 }));
        Assert.Equal([first], Ids(new() { Status = ConversationStatus.Closed }));
        Assert.Equal([second], Ids(new() { Tag = "Urgent" }));
        Assert.Empty(Ids(new() { Tag = "unknown" }));

        IEnumerable<long> Ids(ConversationQuery query) =>
            Account.QueryConversations(query).Items.Select(conversation => conversation.Id);
    }

    [Fact]
    public void Pages_divide_the_list_without_gap_or_overlap()
    {
        for (var count = 0; count < 7; count++)
        {
            Account.StartConversation(_recorded.Zoe, "Hi", "Hello");
        }

        var pages = Enumerable.Range(1, 4).Select(page => Account.QueryConversations(new() { Page = page, PageSize = 3 })).ToList();

        Assert.Equal([3, 3, 1, 0], pages.Select(page => page.Items.Count));
        Assert.All(pages, page => Assert.Equal((7, 3), (page.TotalItems, page.TotalPages)));
        Assert.Equal(
            Account.Conversations.Select(conversation => conversation.Id),
            pages.SelectMany(page => page.Items).Select(conversation => conversation.Id));
        Assert.Empty(Account.QueryConversations(new() { Page = int.MaxValue, PageSize = int.MaxValue }).Items);
        Assert.Throws<ArgumentOutOfRangeException>(() => Account.QueryConversations(new() { Page = 0 }));
    }

    [Fact]
    public void Number_of_embedded_threads_is_limited()
    {
        var account = new HelpScoutAccount(1, _recorded.Clock) { EmbeddedThreads = 2 };
        var conversation = account.ReceiveEmail("ada@example.org", "Hi", "1");
        account.ReplyAsCustomer(conversation.Id, "2");
        conversation = account.ReplyAsCustomer(conversation.Id, "3");

        Assert.Equal(3, conversation.ThreadCount);
        Assert.Equal(["3", "2"], conversation.Embedded.Threads.Select(thread => thread.Body));
        Assert.Equal(3, account.FindThreads(conversation.Id)!.Count);
    }

    [Fact]
    public async Task Actions_from_many_threads_raise_every_event_once_and_in_order()
    {
        var account = new HelpScoutAccount(1, _recorded.Clock);
        var events = new List<AccountEvent>();
        account.Emitted += events.Add;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var count = 0; count < 50; count++)
            {
                var id = account.ReceiveEmail($"w{worker}@example.org", "Hi", "Hello").Id;
                account.ReplyAsUser(id, 771204, "Done");
            }
        }, TestContext.Current.CancellationToken)));

        Assert.Equal(400, account.Conversations.Count);
        Assert.Equal(8, events.Count(item => item.Name == "customer.created"));
        Assert.Equal(400, events.Count(item => item.Name == "convo.agent.reply.created"));
        var numbers = events.Where(item => item.Name == "convo.created").Select(item => ((Conversation)item.Payload).Number!.Value).ToList();
        Assert.Equal(numbers.Order(), numbers);
    }

    private sealed class AdjustableClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
