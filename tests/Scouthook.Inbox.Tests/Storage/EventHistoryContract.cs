using System.Globalization;
using CsCheck;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every history for reading events.</summary>
public abstract class EventHistoryContract : StoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> SearchHits => new()
    {
        { "48213", "number" },
        { "3352330101", "resource" },
        { "zoe@example.org", "email" },
        { "ZOE@EXAMPLE.ORG", "email" },
        { "JÜRGEN@example.net", "umlaut email" },
        { "0F9D6C1E-5B7A-4C0E-9A57-2D3F8E61B704", "chat" },
        { "CHAT-Ü", "odd chat" },
        { "chat-ü", "odd chat" },
        { "Inv", "title" },
        { "invoice #2026", "title" },
        { " Invoice ", "title" },
        { "I", "title" },
        { "100%", "percent" },
        { "100% o", "percent" },
        { "a_", "underscore" },
        { @"C:\T", "backslash" },
        { "ärger", "umlaut" },
        { "ÄRGER M", "umlaut" },
        { "ΣΊΣΥΦΟΣ", "greek" },
        { "Refund ", "emoji" },
        { "refund 😀", "emoji" },
        { "hi", "emoji at once" },
        { "日本", "japanese" },
    };

    public static TheoryData<string> SearchMisses =>
    [
        "4821", "482130", "048213", "+48213", "335233010", "zoe@example.or", "zoe", "example.org", "voice", "%", "_", "100_", "a%", "axx", @"C:\\",
        "0f9d6c1e-5b7a-4c0e-9a57-2d3f8e61b70", "00000000-0000-7000-8000-ffffffffffff", "' OR 1=1 --", "title", "😀",
    ];

    [Fact]
    public async Task Empty_store_lists_nothing()
    {
        var page = await Store.History.ListAsync(new EventQuery(), Cancel);

        Assert.Empty(page.Items);
        Assert.Null(page.Next);
        Assert.Empty(await Store.History.SourcesAsync(Cancel));
        Assert.Null(await Store.Lifetime.CheckAsync(Cancel));
    }

    [Fact]
    public async Task Event_is_found_only_by_its_own_id()
    {
        var added = Some.Event();
        await Store.Inbox.AppendAsync([Some.Event(), added, Some.Event()]);

        Assert.Equal(added.Id, (await Store.History.FindAsync(added.Id, Cancel))!.Id);
        Assert.Null(await Store.History.FindAsync(Some.Id(), Cancel));
        Assert.Null(await Store.History.ReadAsync(Some.Id(), Cancel));
        Assert.Null(await Store.History.FindAsync(Guid.Empty, Cancel));
    }

    [Fact]
    public async Task List_equals_the_result_of_checking_every_event()
    {
        await Gen.Select(SomeQuery.Event.Array[1, 80], Gen.Int[1, 40], SomeQuery.Query.Array[60], Gen.Int[1, 12]).SampleAsync(
            async (events, batch, queries, limit) =>
            {
                await using var store = await CreateAsync(Window, Clock);
                var oracle = await FillAsync(store, events, batch);
                foreach (var query in queries.Select(query => query with { Limit = limit }))
                {
                    await CompareAsync(store, oracle, query);
                }
            },
            iter: 40,
            threads: 1);
    }

    [Fact]
    public async Task Each_single_filter_equals_the_result_of_checking_every_event()
    {
        var oracle = await FillAsync(Store, SomeQuery.Event.Array[400].Single(), 50);

        await CompareAsync(Store, oracle, new EventQuery { Limit = 500 });
        foreach (var pattern in (string[])["*", "convo.*", "convo.tags", "CONVO.TAGS", "convo", "nothing.*"])
        {
            await CompareAsync(Store, oracle, new EventQuery { EventTypes = [pattern], Limit = 7 });
        }

        foreach (var source in (string[])["default", "second", "Second", "SECOND", ""])
        {
            await CompareAsync(Store, oracle, new EventQuery { Source = source, Limit = 7 });
        }

        foreach (var state in Enum.GetValues<EventState>())
        {
            await CompareAsync(Store, oracle, new EventQuery { State = state, Limit = 7 });
        }

        foreach (var minutes in (int[])[-1, 0, 25, 50, 51])
        {
            await CompareAsync(Store, oracle, new EventQuery { Since = Some.Instant.AddMinutes(minutes), Limit = 7 });
            await CompareAsync(Store, oracle, new EventQuery { Until = Some.Instant.AddMinutes(minutes), Limit = 7 });
        }

        await CompareAsync(Store, oracle, new EventQuery { MailboxId = long.MaxValue, Limit = 7 });
        await CompareAsync(Store, oracle, new EventQuery { Resource = new(ResourceKind.Chat, "12"), Limit = 7 });
        await CompareAsync(Store, oracle, new EventQuery { Resource = new(ResourceKind.Conversation, "12"), Limit = 7 });
        await CompareAsync(Store, oracle, new EventQuery { Resource = new(ResourceKind.Conversation, "twelve"), Limit = 7 });
    }

    // So many titles share a prefix that a store may search the events instead of its search terms.
    [Fact]
    public async Task Prefix_shared_by_thousands_of_titles_is_found_like_any_other()
    {
        string[] heads = ["Zoë's 100%_order", "ZOË'S 100%_ORDER", "zoë's 100%_Order", "Zoe's 100%_order", "Zoë's 100 order"];
        NewEvent[] events =
        [
            .. Enumerable.Range(0, 9_000).Select(number => Some.Event(facts: Some.Facts(Some.Conversation(number)) with
            {
                Title = string.Create(CultureInfo.InvariantCulture, $"{heads[number % heads.Length]} {number}"),
                CustomerEmail = number % 3 == 0 ? "zoë's@example.org" : null,
                ConversationNumber = number % 100,
            })),
        ];
        var oracle = await FillAsync(Store, events, 4_500);

        foreach (var text in (string[])["z", "Z", "zo", "zoë", "ZOË'S 100", "zoë's 100%", "zoë's 100%_", "zoë's 100%_o", "zoë's@example.org"])
        {
            await CompareAsync(Store, oracle, new EventQuery { Text = text, Limit = 500 });
            await CompareAsync(Store, oracle, new EventQuery { Text = text, Limit = 500, Resource = Some.Conversation(4_321) });
        }
    }

    [Fact]
    public async Task Every_event_of_a_busy_resource_is_found_by_text()
    {
        NewEvent[] events =
        [
            .. Enumerable.Range(0, 21_000).Select(number => Some.Event(facts: Some.Facts(Some.Conversation(1)) with
            {
                Title = number < 20_500 ? "old" : "new",
            })),
        ];
        var oracle = await FillAsync(Store, events, 7_000);

        await CompareAsync(Store, oracle, new EventQuery { Text = "new", Limit = 500 });
        await CompareAsync(Store, oracle, new EventQuery { Text = "old", Limit = 500 });
    }

    [Theory]
    [MemberData(nameof(SearchHits))]
    public async Task Text_finds_exact_matches(string text, string actor)
    {
        await FillForSearchAsync();

        Assert.Equal(actor, Assert.Single(await Store.ListAllAsync(new EventQuery { Text = text })).Facts.Actor);
    }

    [Theory]
    [MemberData(nameof(SearchMisses))]
    public async Task Text_without_a_match_finds_nothing(string text)
    {
        await FillForSearchAsync();

        Assert.Empty(await Store.ListAllAsync(new EventQuery { Text = text }));
    }

    [Theory]
    [InlineData("D")]
    [InlineData("B")]
    public async Task Text_finds_an_event_by_its_id_in_any_spelling(string format)
    {
        await FillForSearchAsync();
        var added = Some.Event("helpscout.test");
        await Store.AppendAsync(added);

        var text = added.Id.ToString(format, CultureInfo.InvariantCulture).ToUpperInvariant();

        Assert.Equal(added.Id, Assert.Single(await Store.ListAllAsync(new EventQuery { Text = text })).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Blank_text_is_ignored(string text)
    {
        await FillForSearchAsync();
        await Store.AppendAsync(Some.Event("helpscout.test"));

        Assert.Equal((await Store.AllAsync()).Count, (await Store.ListAllAsync(new EventQuery { Text = text })).Count);
    }

    [Fact]
    public async Task Text_finds_earlier_names_of_a_resource()
    {
        var about = Some.Conversation(1);
        await Store.Inbox.AppendAsync(
        [
            Some.Event(facts: Some.Facts(about) with { Title = "Before", Actor = "1" }),
            Some.Event(facts: Some.Facts(about) with { Title = "After", Actor = "2" }),
            Some.Event(facts: Some.Facts(about) with { Actor = "3" }),
            Some.Event(facts: Some.Facts(about) with { Title = "Before", Actor = "4" }),
            Some.Event(facts: Some.Facts(about) with { Title = "BEFORE", Actor = "5" }),
        ]);

        Assert.Equal(["5", "4", "1"], (await Store.ListAllAsync(new EventQuery { Text = "before" })).Select(it => it.Facts.Actor));
        Assert.Equal(["2"], (await Store.ListAllAsync(new EventQuery { Text = "after" })).Select(it => it.Facts.Actor));
    }

    [Fact]
    public async Task Events_with_other_former_names_do_not_use_up_the_page()
    {
        var about = Some.Conversation(1);
        NewEvent[] events =
        [
            .. Enumerable.Range(0, 30).Select(number => Some.Event(facts: Some.Facts(about) with
            {
                Title = number < 10 ? "Before" : "After",
            })),
        ];
        var oracle = await FillAsync(Store, events, 30);

        await CompareAsync(Store, oracle, new EventQuery { Text = "before", Limit = 5 });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(500)]
    public async Task Page_has_a_next_page_exactly_when_there_is_more(int limit)
    {
        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, 5).Select(_ => Some.Event())]);

        foreach (var query in (EventQuery[])[new(), new() { EventTypes = ["convo.*"] }, new() { Source = "default" }])
        {
            var page = await Store.History.ListAsync(query with { Limit = limit }, Cancel);

            Assert.Equal(Math.Min(limit, 5), page.Items.Count);
            Assert.Equal(limit < 5, page.Next is not null);
        }
    }

    [Fact]
    public async Task Paging_returns_each_event_once_while_others_are_added()
    {
        var oracle = await FillAsync(Store, [.. Enumerable.Range(0, 103).Select(_ => Some.Event())], 103);

        var seen = new List<long>();
        for (string? cursor = null; ;)
        {
            var page = await Store.History.ListAsync(new EventQuery { Limit = 10, Cursor = cursor }, Cancel);
            seen.AddRange(page.Items.Select(it => it.Sequence));
            await Store.Inbox.AppendAsync([Some.Event(), Some.Event()]);
            if (page.Next is null)
            {
                break;
            }

            cursor = page.Next;
        }

        Assert.Equal(oracle.Sequences(new EventQuery()), seen);
    }

    // The clock jumps at every reading, so every page runs out of time after its first step.
    [Fact]
    public async Task Short_pages_return_the_same_events()
    {
        await using var store = await CreateAsync(Window, new JumpingTime());
        NewEvent[] events =
        [
            .. Enumerable.Range(0, 45_000).Select(number => Some.Event(
                number % 15_000 == 7 ? "tag.created" : "convo.created",
                Some.Facts(Some.Conversation(number)) with
                {
                    Title = "Order",
                    MailboxId = number % 7,
                    State = number % 15_000 == 7 ? EventState.Unreadable : EventState.Ok,
                })),
        ];
        var oracle = await FillAsync(store, events, 15_000);
        var rare = new EventQuery { EventTypes = ["tag.created"], MailboxId = 0 };

        // Nothing is delivered, and there is no index of delivered events, so each event has to be checked.
        var first = await store.History.ListAsync(new EventQuery { DeliveryState = DeliveryState.Delivered }, Cancel);

        Assert.Empty(first.Items);
        Assert.NotNull(first.Next);
        EventQuery[] queries =
        [
            rare, new() { Text = "order", MailboxId = 3, EventTypes = ["tag.*"] }, new() { State = EventState.Unreadable },
            new() { Text = "or", Limit = 500, MailboxId = 3, State = EventState.Unreadable },
        ];
        foreach (var query in queries)
        {
            Assert.Equal(oracle.Sequences(query), (await store.ListAllAsync(query)).Select(it => it.Sequence));
        }
    }

    [Fact]
    public async Task Sources_are_listed_with_their_newest_event()
    {
        var outcomes = await Store.Inbox.AppendAsync(
        [
            Some.Event(source: "b"),
            Some.Event(source: "a", receivedAt: Some.Instant.AddHours(2)),
            Some.Event(source: "b", receivedAt: Some.Instant.AddHours(1)),
        ]);

        var sources = await Store.History.SourcesAsync(Cancel);

        Assert.Equal(
            [
                new SourceActivity("a", Some.Instant.AddHours(2), outcomes[1].Sequence),
                new SourceActivity("b", Some.Instant.AddHours(1), outcomes[2].Sequence),
            ],
            sources.OrderBy(it => it.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Type_pattern_may_match_more_names_than_an_index_is_queried_for()
    {
        NewEvent[] events = [.. Enumerable.Range(0, 300).Select(
            number => Some.Event(string.Create(CultureInfo.InvariantCulture, $"{(number % 2 == 0 ? "new" : "old")}.name{number}")))];
        var oracle = await FillAsync(Store, events, 300);

        await CompareAsync(Store, oracle, new EventQuery { EventTypes = ["new.*"], Limit = 9 });
        await CompareAsync(Store, oracle, new EventQuery { EventTypes = ["new.*", "old.name1"], Limit = 9, Source = "default" });
    }

    private static async Task<EventOracle> FillAsync(StoreHarness store, NewEvent[] events, int batch)
    {
        var stored = new List<(NewEvent, long)>();
        foreach (var some in events.Chunk(batch))
        {
            var fresh = some.Select(it => it with { Id = Some.Id() }).ToArray();
            var outcomes = await store.Inbox.AppendAsync(fresh);
            stored.AddRange(fresh.Zip(outcomes, (added, outcome) => (added, outcome.Sequence)));
        }

        return new EventOracle(stored);
    }

    private static async Task CompareAsync(StoreHarness store, EventOracle oracle, EventQuery query)
    {
        var expected = oracle.Sequences(query);

        var page = await store.History.ListAsync(query, Cancel);
        var all = await store.ListAllAsync(query);

        var what = $"{query} of types [{string.Join(", ", query.EventTypes)}]";
        Assert.True(expected.SequenceEqual(all.Select(it => it.Sequence)), Difference(expected, all, what));
        Assert.Equal(expected.Take(query.Limit), page.Items.Select(it => it.Sequence));
        Assert.True((page.Next is not null) == (expected.Count > query.Limit), $"next page of {what}");
    }

    private static string Difference(IReadOnlyList<long> expected, IReadOnlyList<StoredEvent> all, string what) =>
        $"{what}: expected {expected.Count} [{string.Join(' ', expected.Take(20))}], "
        + $"found {all.Count} [{string.Join(' ', all.Take(20).Select(it => it.Sequence))}]";

    /// <summary>Stores one event for each kind of search, named by its actor.</summary>
    private async Task FillForSearchAsync() => await Store.Inbox.AppendAsync(
    [
        Named("number", new EventFacts { State = EventState.Ok, ConversationNumber = 48213 }),
        Named("resource", Some.Facts(Some.Conversation(3352330101))),
        Named("email", new EventFacts { State = EventState.Ok, CustomerEmail = "zoe@Example.org" }),
        Named("umlaut email", new EventFacts { State = EventState.Ok, CustomerEmail = "jürgen@example.net" }),
        Named("chat", Some.Facts(new ResourceReference(ResourceKind.Chat, "0f9d6c1e-5b7a-4c0e-9a57-2d3f8e61b704"))),
        Named("odd chat", Some.Facts(new ResourceReference(ResourceKind.Chat, "CHAT-Ü"))),
        Titled("title", "Invoice #2026/114 – wrong VAT"),
        Titled("percent", "100% off"),
        Titled("percent-less", "1000 off"),
        Titled("underscore", "a_b"),
        Titled("no underscore", "acb"),
        Titled("backslash", @"C:\temp"),
        Titled("umlaut", "Ärger mit"),
        Titled("greek", "Σίσυφος"),
        Titled("emoji", "Refund 😀"),
        Titled("emoji at once", "Hi😀 there"),
        Titled("japanese", "日本語の件名"),
    ]);

    private static NewEvent Titled(string actor, string title) =>
        Named(actor, Some.Facts(Some.Conversation(900_000 + title.Length)) with { Title = title });

    private static NewEvent Named(string actor, EventFacts facts) => Some.Event(facts: facts with { Actor = actor });
}
