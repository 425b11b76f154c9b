using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every inbox for appending.</summary>
public abstract class InboxContract : StoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int> Sizes => [0, 1, 3_000, 10 * 1024 * 1024];

    [Fact]
    public async Task Events_of_a_batch_get_increasing_sequences_in_batch_order()
    {
        NewEvent[] batch = [.. Enumerable.Range(0, 100).Select(_ => Some.Event())];

        var outcomes = await Store.Inbox.AppendAsync(batch);
        var later = await Store.AppendAsync(Some.Event());

        Assert.Equal(100, outcomes.Length);
        Assert.Equal(outcomes.Select(it => it.Sequence).Order(), outcomes.Select(it => it.Sequence));
        Assert.Equal(100, outcomes.DistinctBy(it => it.Sequence).Count());
        Assert.True(outcomes[0].Sequence >= 1);
        Assert.True(later.Sequence > outcomes[^1].Sequence);
        Assert.Equal(batch.Select(it => it.Id), (await Store.AllAsync()).Take(100).Select(it => it.Id));
    }

    [Fact]
    public async Task Each_event_of_a_batch_has_its_own_outcome()
    {
        var about = Some.Conversation(1);

        var outcomes = await Store.Inbox.AppendAsync(
        [
            Some.Event(facts: Some.Facts(about, Some.Instant), key: Some.Key(1)),
            Some.Event(facts: Some.Facts(about, Some.Instant), key: Some.Key(1)),
            Some.Event(facts: Some.Facts(about, Some.Instant.AddSeconds(-1)), key: Some.Key(2)),
            Some.Event(facts: Some.Facts(about, Some.Instant), key: Some.Key(1)),
            Some.Event(facts: Some.Facts(Some.Conversation(2))),
        ]);

        Assert.Equal(new AppendOutcome(outcomes[0].Sequence, false, false, false), outcomes[0]);
        Assert.Equal(new AppendOutcome(outcomes[0].Sequence, true, false, false), outcomes[1]);
        Assert.Equal(new AppendOutcome(outcomes[2].Sequence, false, true, false), outcomes[2]);
        Assert.Equal(new AppendOutcome(outcomes[3].Sequence, false, false, true), outcomes[3]);
        Assert.Equal(new AppendOutcome(outcomes[4].Sequence, false, false, false), outcomes[4]);
        Assert.Equal(4, (await Store.AllAsync()).Count);
    }

    [Fact]
    public async Task Batch_with_an_event_that_cannot_be_stored_leaves_nothing_behind()
    {
        var kept = Some.Event(source: "old", facts: Some.Facts(Some.Conversation(1), Some.Instant), key: Some.Key(1));
        await Store.AppendAsync(kept);
        NewEvent[] batch =
        [
            Some.Event("brand.new", source: "new", facts: Some.Facts(Some.Conversation(1)), key: Some.Key(2)),
            Some.Event(source: "old", facts: Some.Facts(Some.Conversation(1), Some.Instant.AddDays(1)), key: Some.Key(3)),
            kept with { DeduplicationKey = Some.Key(4) }, // An id that is taken.
        ];

        await Assert.ThrowsAnyAsync<Exception>(async () => await Store.Inbox.AppendAsync(batch));

        Assert.Equal(kept.Id, Assert.Single(await Store.AllAsync()).Id);
        Assert.Equal("old", Assert.Single(await Store.History.SourcesAsync(Cancel)).Name);
        Assert.Null(await Store.History.ReadAsync(batch[0].Id, Cancel));

        // Neither keys nor resource states were kept, and names get new ids.
        var again = await Store.Inbox.AppendAsync([batch[0], batch[1] with { Facts = Some.Facts(Some.Conversation(1), Some.Instant) }]);
        Assert.All(again, outcome => Assert.Equal(new AppendOutcome(outcome.Sequence, false, false, false), outcome));
        Assert.Equal(["old", "brand.new-new", "old"], (await Store.AllAsync()).Select(
            it => it.Source == "new" ? $"{it.EventType}-{it.Source}" : it.Source));
    }

    [Fact]
    public async Task Empty_batch_stores_nothing()
    {
        Assert.Empty(await Store.Inbox.AppendAsync([]));

        Assert.Empty(await Store.AllAsync());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Body_is_returned_byte_for_byte(int size)
    {
        var added = Some.Event(body: Some.Bytes(size), headers: """[["X-A","b"],["x-a","ü"]]""");

        await Store.AppendAsync(added);
        var content = await Store.History.ReadAsync(added.Id, Cancel);

        Assert.Equal(added.Body.ToArray(), content!.Body);
        Assert.Equal("""[["X-A","b"],["x-a","ü"]]""", content.Headers);
        Assert.Equal(size, (await Store.History.FindAsync(added.Id, Cancel))!.Size);
    }

    [Fact]
    public async Task Body_may_be_reused_as_soon_as_the_append_has_ended()
    {
        var buffer = Some.Bytes(2_000);
        var added = Some.Event() with { Body = buffer.AsMemory(100, 900) };
        var expected = added.Body.ToArray();

        await Store.AppendAsync(added);
        Array.Clear(buffer);

        Assert.Equal(expected, (await Store.History.ReadAsync(added.Id, Cancel))!.Body);
    }

    [Fact]
    public async Task Every_fact_is_read_back_unchanged()
    {
        var added = Some.Event("satisfaction.ratings", source: "zweite", receivedAt: Some.Instant.AddTicks(1_234_560)) with
        {
            Facts = new EventFacts
            {
                State = EventState.Ok,
                Resource = new ResourceReference(ResourceKind.Rating, "19920417"),
                OrdersWith = Some.Conversation(long.MaxValue),
                OccurredAt = Some.Instant.AddTicks(-9_876_540),
                ChangedAt = Some.Instant.AddTicks(-5_432_100),
                ConversationId = long.MaxValue,
                ConversationNumber = 5_000_000_001,
                MailboxId = 6_000_000_002,
                CustomerId = 7_000_000_003,
                CustomerEmail = "Zoë@Example.org",
                Title = "100% \"sicher\"_\\ 😀 – Ärger",
                Actor = "Zoë Marchetti",
            },
        };

        var outcome = await Store.AppendAsync(added);
        var found = await Store.History.FindAsync(added.Id, Cancel);

        Assert.Equal(
            new StoredEvent
            {
                Id = added.Id,
                Sequence = outcome.Sequence,
                Source = "zweite",
                EventType = "satisfaction.ratings",
                ReceivedAt = added.ReceivedAt,
                Facts = added.Facts,
                Size = 2,
            },
            found);
        Assert.Equal(TimeSpan.Zero, found!.ReceivedAt.Offset);
    }

    [Theory]
    [InlineData(EventState.Unknown, "helpscout.test", null)]
    [InlineData(EventState.Unknown, "", null)]
    [InlineData(EventState.Unreadable, "convo.created", "The body is empty.")]
    [InlineData(EventState.Notification, "convo.created", null)]
    public async Task Event_without_a_resource_keeps_its_name_and_state(EventState state, string name, string? reason)
    {
        var added = Some.Event(name, new EventFacts { State = state, StateReason = reason }, body: []);

        await Store.AppendAsync(added);
        var found = await Store.History.FindAsync(added.Id, Cancel);

        Assert.Equal((state, name, reason), (found!.Facts.State, found.EventType, found.Facts.StateReason));
        Assert.Null(found.Facts.Resource);
        Assert.Null(found.Facts.OrdersWith);
        Assert.Null(found.Facts.OccurredAt);
        Assert.Null(found.Facts.ChangedAt);
    }

    [Theory]
    [InlineData("0f9d6c1e-5b7a-4c0e-9a57-2d3f8e61b704")]
    [InlineData("0F9D6C1E-5B7A-4C0E-9A57-2D3F8E61B704")]
    [InlineData("12345")]
    [InlineData("007")]
    [InlineData("1e5")]
    [InlineData("ü 'x' \"y\"")]
    public async Task Chat_id_stays_text(string id)
    {
        var chat = new ResourceReference(ResourceKind.Chat, id);
        var number = new ResourceReference(ResourceKind.Tag, "12345");

        await Store.Inbox.AppendAsync([Some.Event(facts: Some.Facts(chat)), Some.Event(facts: Some.Facts(number))]);

        var found = Assert.Single(await Store.ListAllAsync(new EventQuery { Resource = chat }));
        Assert.Equal(chat, found.Facts.Resource);
        Assert.Equal(chat, found.Facts.OrdersWith);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(0)]
    [InlineData(3_352_330_101)]
    public async Task Ids_may_use_all_64_bits(long id)
    {
        var added = Some.Event(facts: Some.Facts(Some.Conversation(id)) with { MailboxId = id, CustomerId = id });

        await Store.AppendAsync(added);

        var found = Assert.Single(await Store.ListAllAsync(new EventQuery { Resource = Some.Conversation(id), MailboxId = id }));
        Assert.Equal((id, id), (found.Facts.MailboxId, found.Facts.CustomerId));
    }

    [Fact]
    public async Task Large_batch_is_stored_completely()
    {
        NewEvent[] batch =
        [
            .. Enumerable.Range(0, 3_000).Select(number => Some.Event(
                facts: Some.Facts(Some.Conversation(number / 8), Some.Instant), key: Some.Key(number))),
        ];

        var outcomes = await Store.Inbox.AppendAsync(batch);

        Assert.DoesNotContain(outcomes, outcome => outcome.IsRepeat);
        Assert.Equal(batch.Select(it => it.Id), (await Store.AllAsync()).Select(it => it.Id));
    }

    [Fact]
    public async Task Concurrent_batches_are_not_interleaved()
    {
        var batches = Enumerable.Range(0, 20)
            .Select(_ => Enumerable.Range(0, 10).Select(_ => Some.Event()).ToArray()).ToArray();

        var outcomes = await Task.WhenAll(batches.Select(async batch => await Store.Inbox.AppendAsync(batch)));

        Assert.All(outcomes, batch => Assert.Equal(9, batch[^1].Sequence - batch[0].Sequence));
        Assert.Equal(200, (await Store.AllAsync()).Select(it => it.Id).Intersect(batches.SelectMany(it => it).Select(it => it.Id)).Count());
    }

    [Fact]
    public async Task Reopening_keeps_everything_and_continues_the_sequence()
    {
        var about = Some.Conversation(1);
        var first = Some.Event(facts: Some.Facts(about, Some.Instant), key: Some.Key(1), body: Some.Bytes(500));
        var before = await Store.AppendAsync(first);
        await Store.AppendAsync(first with { Id = Some.Id() });
        var found = await Store.AllAsync();

        await Store.ReopenAsync();
        var repeat = await Store.AppendAsync(first with { Id = Some.Id(), ReceivedAt = Some.Instant.AddHours(1) });
        var stale = await Store.AppendAsync(Some.Event(facts: Some.Facts(about, Some.Instant.AddHours(-1)), key: Some.Key(2)));

        Assert.True(repeat.IsRepeat);
        Assert.Equal(before.Sequence, repeat.Sequence);
        Assert.True(stale.IsStale);
        Assert.True(stale.Sequence > before.Sequence);
        Assert.Equal(first.Body.ToArray(), (await Store.History.ReadAsync(first.Id, Cancel))!.Body);
        Assert.Equal(
            found[0] with { Repeats = 2, LastRepeatAt = Some.Instant.AddHours(1) }, (await Store.AllAsync())[0]);
    }

    [Fact]
    public async Task Keys_older_than_the_window_are_deleted()
    {
        var old = Some.Event(key: Some.Key(1));
        var young = Some.Event(key: Some.Key(2), receivedAt: Some.Instant.AddHours(1));
        await Store.Inbox.AppendAsync([old, young]);

        await ForgetAllAsync(Some.Instant + Window + TimeSpan.FromMinutes(1));

        Assert.False(await IsRepeatAsync(old));
        Assert.True(await IsRepeatAsync(young));
    }

    [Fact]
    public async Task Keys_exactly_as_old_as_the_window_are_kept()
    {
        var added = Some.Event(key: Some.Key(1));
        await Store.AppendAsync(added);

        await ForgetAllAsync(Some.Instant + Window);

        Assert.True(await IsRepeatAsync(added));
    }

    [Fact]
    public async Task Keys_are_deleted_in_bounded_batches()
    {
        NewEvent[] old = [.. Enumerable.Range(0, 6_000).Select(number => Some.Event(key: Some.Key(number)))];
        await Store.Inbox.AppendAsync(old);
        var now = Some.Instant + Window + TimeSpan.FromMinutes(1);

        var outcome = await Store.Retention.ForgetKeysAsync(now);

        Assert.Equal(StepOutcome.MoreToDo, outcome);
        Assert.False(await IsRepeatAsync(old[0]));
        Assert.True(await IsRepeatAsync(old[^1]));
        await ForgetAllAsync(now);
        Assert.False(await IsRepeatAsync(old[^2]));
    }

    [Fact]
    public async Task Key_is_kept_while_its_newest_event_is_within_the_window()
    {
        var about = Some.Conversation(1);
        var first = Some.Event(facts: Some.Facts(about), key: Some.Key(1));
        var other = Some.Event(facts: Some.Facts(about), key: Some.Key(2));
        var again = first with { Id = Some.Id(), ReceivedAt = Some.Instant.AddHours(2) };
        var outcomes = await Store.Inbox.AppendAsync([first, other, again]);
        Assert.True(outcomes[2].IsPossibleRepeat);

        await ForgetAllAsync(Some.Instant + Window + TimeSpan.FromHours(1));

        Assert.True(await IsRepeatAsync(again));
    }

    // Requests committed together were not necessarily received in the order of their sequences.
    [Fact]
    public async Task Key_of_an_event_received_out_of_order_is_deleted_too()
    {
        var younger = Some.Event(key: Some.Key(1), receivedAt: Some.Instant.AddMinutes(2));
        var older = Some.Event(key: Some.Key(2));
        await Store.Inbox.AppendAsync([younger, older]);

        await ForgetAllAsync(Some.Instant + Window + TimeSpan.FromMinutes(1));
        Assert.True(await IsRepeatAsync(younger));
        await ForgetAllAsync(Some.Instant + Window + TimeSpan.FromMinutes(3));

        Assert.False(await IsRepeatAsync(younger));
        Assert.False(await IsRepeatAsync(older));
    }

    // A clock that was wrong for a while must not keep the keys of all later events forever.
    [Fact]
    public async Task Event_from_the_future_does_not_block_the_cleanup_of_keys()
    {
        var future = Some.Event(key: Some.Key(1), receivedAt: Some.Instant.AddYears(10));
        var old = Some.Event(key: Some.Key(2));
        await Store.Inbox.AppendAsync([future, old]);

        await ForgetAllAsync(Some.Instant + Window + TimeSpan.FromMinutes(1));

        Assert.False(await IsRepeatAsync(old));
    }

    private async Task ForgetAllAsync(DateTimeOffset now)
    {
        for (var step = 0; await Store.Retention.ForgetKeysAsync(now) is StepOutcome.MoreToDo; step++)
        {
            Assert.True(step < 1_000, "forgetting does not come to an end");
        }
    }

    /// <summary>Returns whether the key is known, using a clock at which nothing is too old.</summary>
    private async Task<bool> IsRepeatAsync(NewEvent added) =>
        (await Store.AppendAsync(added with { Id = Some.Id() })).IsRepeat;
}
