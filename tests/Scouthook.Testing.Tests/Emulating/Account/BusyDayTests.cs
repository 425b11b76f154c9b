using Scouthook.AsyncApi;
using Scouthook.Events;
using Scouthook.Payloads;
using static Scouthook.Testing.Tests.Emulating.Account.RecordedAccount;

namespace Scouthook.Testing.Tests.Emulating.Account;

public sealed class BusyDayTests
{
    private const int Steps = 2_000;

    [Fact]
    public void Same_seed_and_clock_raise_the_same_bytes()
    {
        var first = Play(seed: 3, 300);

        Assert.Equal(first.Events.Select(Text), Play(seed: 3, 300).Events.Select(Text));
        Assert.NotEqual(first.Events.Select(Text), Play(seed: 4, 300).Events.Select(Text));
    }

    [Fact]
    public void Every_body_follows_the_contract_and_has_only_known_members()
    {
        var recorded = Play(seed: 1, Steps);
        new BusyDay(recorded.Account).PlayOneOfEach();

        Assert.Equal(
            HelpScoutEventCatalog.All.Select(type => type.Name).Order(StringComparer.Ordinal),
            recorded.Events.Select(item => item.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(recorded.Events, item =>
        {
            var type = HelpScoutEventCatalog.Find(item.Name)!;
            Assert.Empty(PayloadValidator.Validate(type, item.Event.Body.Span));
            Assert.Empty(PayloadValidator.Validate(type, item.ToUtf8()));
            var parsed = Parse(item);
            Assert.Equal(type.EventClrType, parsed.GetType());
            Assert.Empty(parsed.UnreadMembers);
            Assert.Empty(UnmodelledMembers.Of(parsed.Payload!));
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_two_events_are_alike_even_if_a_whole_day_happens_in_one_second(int seed)
    {
        var recorded = new RecordedAccount(seed);
        var day = new BusyDay(recorded.Account, seed);
        for (var step = 0; step < Steps; step++)
        {
            day.PlayNext();
        }

        var alike = recorded.Events.GroupBy(item => (item.Name, Text(item))).Where(items => items.Count() > 1).Select(items => items.Key);
        Assert.Empty(alike);
    }

    [Theory]
    [MemberData(nameof(Names.All), MemberType = typeof(Names))]
    public void Event_of_a_given_type_can_be_made_to_happen(string name)
    {
        var recorded = new RecordedAccount();
        var day = new BusyDay(recorded.Account);

        day.Play(name);

        Assert.Equal(name, recorded.Events.Last(item => item.Name == name).Name);
        Assert.Throws<ArgumentException>(() => day.Play("convo.unknown"));
    }

    [Fact]
    public void All_26_events_happen_in_an_empty_account()
    {
        var recorded = new RecordedAccount();

        new BusyDay(recorded.Account).PlayOneOfEach();

        Assert.Equal(26, recorded.Events.Select(item => item.Name).Distinct().Count());
    }

    [Fact]
    public void Every_step_raises_an_event_and_several_stories_are_open()
    {
        var recorded = new RecordedAccount();
        var day = new BusyDay(recorded.Account);

        for (var step = 0; step < 500; step++)
        {
            var before = recorded.Events.Count;
            day.PlayNext();
            Assert.True(recorded.Events.Count > before);
        }

        Assert.InRange(
            recorded.Account.Conversations.Count(conversation => conversation.Status != ConversationStatus.Closed), 3, 100);
        Assert.True(recorded.Events.Select(item => item.Name).Distinct().Count() > 20);
    }

    [Fact]
    public void Ids_are_unique_and_numbers_rise()
    {
        var recorded = Play(seed: 1, Steps);
        var conversations = recorded.Account.Conversations.Reverse().ToList();

        Assert.Equal(conversations.Select(item => item.Id).Order(), conversations.Select(item => item.Id));
        Assert.Equal(conversations.Select(item => item.Number).Order(), conversations.Select(item => item.Number));
        Assert.Equal(conversations.Count, conversations.Select(item => item.Number).Distinct().Count());
        var threads = conversations.SelectMany(item => recorded.Account.FindThreads(item.Id)!).Select(thread => thread.Id).ToList();
        Assert.Equal(threads.Count, threads.Distinct().Count());
        var created = recorded.Events.Where(item => item.Name is "customer.created" or "organization.created" or "tag.created")
            .Select(item => item.ResourcePath).ToList();
        Assert.Equal(created.Count, created.Distinct().Count());
    }

    [Fact]
    public void Conversations_agree_with_their_threads_tags_and_folders()
    {
        var account = Play(seed: 2, Steps).Account;

        Assert.All(account.Conversations, conversation =>
        {
            var threads = account.FindThreads(conversation.Id)!;
            Assert.Equal(threads.Count(thread => thread.Type != ConversationThreadType.LineItem), conversation.ThreadCount);
            Assert.Equal(threads.OrderByDescending(thread => thread.CreatedAt).Select(thread => thread.CreatedAt), threads.Select(thread => thread.CreatedAt));
            Assert.True(threads[^1].CreatedAt >= conversation.CreatedAt);
            Assert.True(conversation.UserUpdatedAt >= conversation.CreatedAt);
            Assert.Equal(conversation.Status == ConversationStatus.Closed, conversation.ClosedAt is not null);
            Assert.True(conversation.ClosedAt is null || conversation.ClosedAt >= conversation.CreatedAt);
            Assert.NotNull(account.FindCustomer(conversation.PrimaryCustomer!.Id!.Value));
            Assert.Contains(
                account.Inboxes.Single(inbox => inbox.Id == conversation.MailboxId).Folders, folder => folder.Id == conversation.FolderId);
            Assert.All(conversation.Tags, tag => Assert.Equal(tag.Tag, account.FindTag(tag.Id!.Value)!.Name));
        });
        Assert.All(account.Tags, tag => Assert.Equal(
            account.Conversations.Count(conversation => conversation.Tags.Any(item => item.Id == tag.Id)), tag.TicketCount));
        Assert.All(account.Customers, customer => Assert.Equal(
            account.Conversations.Count(conversation => conversation.PrimaryCustomer!.Id == customer.Id), customer.ConversationCount ?? 0));
    }

    [Fact]
    public void Nothing_happens_to_a_conversation_after_it_is_deleted_or_merged()
    {
        var recorded = Play(seed: 5, Steps);
        var gone = new HashSet<long>();

        foreach (var item in recorded.Events)
        {
            if (item.Payload is Conversation conversation)
            {
                Assert.DoesNotContain(conversation.Id, gone);
            }
            else if (item.Name == "convo.deleted")
            {
                Assert.True(gone.Add(((DeletedResource)item.Payload).Id));
            }
        }

        Assert.NotEmpty(gone);
        Assert.All(gone, id => Assert.Equal(new ConversationLookup(), recorded.Account.FindConversation(id)));
    }

    [Fact]
    public void Times_of_events_never_go_back()
    {
        var times = Play(seed: 6, 500).Events.Select(item => item.OccurredAt).ToList();

        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void Day_continues_although_others_delete_what_it_works_on()
    {
        var recorded = new RecordedAccount();
        var day = new BusyDay(recorded.Account);

        for (var step = 0; step < 400; step++)
        {
            day.PlayNext();
            if (step % 3 == 0 && recorded.Account.Conversations is [var newest, ..])
            {
                recorded.Account.DeleteConversation(newest.Id);
            }

            if (step % 20 == 0)
            {
                recorded.Account.DeleteCustomer(recorded.Account.Customers[^1].Id);
            }
        }

        Assert.True(recorded.Events.Count > 400);
    }

    [Fact]
    public async Task Day_runs_at_the_chosen_rate_until_cancelled()
    {
        var recorded = new RecordedAccount();
        var day = new BusyDay(recorded.Account);
        using var end = new CancellationTokenSource();
        var running = day.RunAsync(eventsPerSecond: 10, end.Token);

        for (var tenth = 0; tenth < 600; tenth++)
        {
            recorded.Clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(recorded.Events.Count, 550, 660);
        await end.CancelAsync();
        await running.WaitAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => day.RunAsync(0, CancellationToken.None));
    }

    private static RecordedAccount Play(int seed, int steps)
    {
        var recorded = new RecordedAccount(seed);
        var day = new BusyDay(recorded.Account, seed);
        for (var step = 0; step < steps; step++)
        {
            day.PlayNext();
            recorded.Clock.Advance(TimeSpan.FromSeconds(step % 7));
        }

        return recorded;
    }
}
