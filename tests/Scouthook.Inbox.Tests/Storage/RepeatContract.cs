using System.Text.Json.Nodes;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Testing;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>Every inbox recognises repeats, for every event type, with real requests.</summary>
public abstract class RepeatContract : StoreContract
{
    private static readonly DateTimeOffset Later = Some.Instant.AddMinutes(7);

    private readonly EventGenerator _generator = new(1, TimeProvider.System);

    public static TheoryData<string> Names => [.. HelpScoutEventCatalog.All.Select(type => type.Name)];

    /// <summary>Events that have a resource.</summary>
    public static TheoryData<string> WithResource => Where(type => type.Resource is not null);

    /// <summary>Events with a resource whose bodies contain no time.</summary>
    public static TheoryData<string> WithoutTime => Where(type => type.Resource is not null && TimeOf(type) is null);

    /// <summary>Events with a resource whose bodies contain the time of the event.</summary>
    public static TheoryData<string> WithTime => Where(type => type.Resource is not null && TimeOf(type) is not null);

    /// <summary>Events with a resource for which a deletion event exists.</summary>
    public static TheoryData<string> Deletable => Where(type => !type.IsDeletion && DeletionOf(type) is not null);

    /// <summary>Two different names for which one body is valid.</summary>
    public static TheoryData<string, string> Siblings => [.. HelpScoutEventCatalog.All.SelectMany(
        first => HelpScoutEventCatalog.All
            .Where(second => first != second && first.PayloadClrType == second.PayloadClrType && first.Resource == second.Resource)
            .Select(second => new TheoryDataRow<string, string>(first.Name, second.Name)))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Same_request_again_is_counted_with_its_time(string name)
    {
        var sent = Next(name);

        var first = await ReceiveAsync(sent, Some.Instant);
        var second = await ReceiveAsync(sent, Later);
        var third = await ReceiveAsync(sent, Later.AddHours(1));

        Assert.Equal(New(first), first);
        Assert.Equal(Repeat(first), second);
        Assert.Equal(Repeat(first), third);
        var kept = Assert.Single(await Store.AllAsync());
        Assert.Equal((2, Later.AddHours(1)), (kept.Repeats, kept.LastRepeatAt));
        Assert.Equal(Some.Instant, kept.ReceivedAt);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Same_request_twenty_times_in_one_batch_is_stored_once(string name)
    {
        var sent = Next(name);

        var outcomes = await Store.Inbox.AppendAsync([.. Enumerable.Range(0, 20).Select(_ => Some.Received(sent))]);

        Assert.Equal(New(outcomes[0]), outcomes[0]);
        Assert.All(outcomes[1..], outcome => Assert.Equal(Repeat(outcomes[0]), outcome));
        Assert.Equal(19, Assert.Single(await Store.AllAsync()).Repeats);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Same_request_twenty_times_concurrently_is_stored_once(string name)
    {
        var sent = Next(name);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => ReceiveAsync(sent, Some.Instant))));

        Assert.Equal(19, outcomes.Count(outcome => outcome.IsRepeat));
        Assert.Single(outcomes.DistinctBy(outcome => outcome.Sequence));
        Assert.Equal(19, Assert.Single(await Store.AllAsync()).Repeats);
    }

    [Theory]
    [MemberData(nameof(WithTime))]
    public async Task Same_request_after_a_newer_state_is_a_repeat(string name)
    {
        var a = Next(name);
        var b = At(a, Some.Instant.AddSeconds(1));

        var outcomes = await ReceiveAllAsync(a, b, a);

        Assert.Equal([New(outcomes[0]), New(outcomes[1]), Repeat(outcomes[0])], outcomes);
    }

    [Theory]
    [MemberData(nameof(WithTime))]
    public async Task Same_request_after_another_state_of_the_same_time_may_be_a_real_event(string name)
    {
        var a = Next(name);
        var b = a.With("somethingElse", "true");

        var outcomes = await ReceiveAllAsync(a, b, a);

        Assert.Equal([New(outcomes[0]), New(outcomes[1]), Possible(outcomes[2])], outcomes);
        Assert.Equal(3, (await Store.AllAsync()).Count);
        Assert.Equal([false, false, true], (await Store.AllAsync()).Select(it => it.IsPossibleRepeat));
    }

    /// <remarks>Two captured requests sent alternately were once stored 200 times out of 200.</remarks>
    [Theory]
    [MemberData(nameof(WithTime))]
    public async Task Two_alternating_requests_are_stored_eight_times_each_and_then_only_counted(string name)
    {
        var a = Next(name);
        var b = a.With("somethingElse", "true");

        var outcomes = await ReceiveAllAsync([.. Enumerable.Range(0, 200).Select(index => index % 2 == 0 ? a : b)]);

        var stored = await Store.AllAsync();
        Assert.Equal(16, stored.Count);
        Assert.Equal(184, outcomes.Count(outcome => outcome.IsRepeat));
        Assert.Equal(14, stored.Count(it => it.IsPossibleRepeat));
        Assert.Equal([92, 92], stored.TakeLast(2).Select(it => it.Repeats));
        Assert.Equal(
            [Some.Instant.AddSeconds(198), Some.Instant.AddSeconds(199)], stored.TakeLast(2).Select(it => it.LastRepeatAt!.Value));
    }

    [Fact]
    public async Task Copy_is_stored_again_after_the_first_of_eight_has_left_the_window()
    {
        var a = Some.Outgoing("tag.updated", """{"id":1,"name":"a"}""");
        var b = Some.Outgoing("tag.updated", """{"id":1,"name":"b"}""");
        for (var hour = 0; hour < 16; hour++)
        {
            await ReceiveAsync(hour % 2 == 0 ? a : b, Some.Instant.AddHours(hour));
        }

        var ninth = await ReceiveAsync(a, Some.Instant.AddHours(48));
        var tenth = await ReceiveAsync(a, Some.Instant.AddHours(48.1));
        var eleventh = await ReceiveAsync(a, Some.Instant.AddHours(49));

        Assert.True(ninth.IsRepeat);
        Assert.Equal(Possible(tenth), tenth);
        Assert.Equal(Repeat(tenth), eleventh);
        Assert.Equal(17, (await Store.AllAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(WithTime))]
    public async Task Same_request_after_an_older_state_may_be_a_real_event(string name)
    {
        var a = Next(name);
        var b = At(a, Some.Instant.AddSeconds(-1));

        var outcomes = await ReceiveAllAsync(a, b, a, a);

        Assert.Equal(
            [New(outcomes[0]), Stale(outcomes[1]), Possible(outcomes[2]), Repeat(outcomes[2])], outcomes);
    }

    [Theory]
    [MemberData(nameof(WithTime))]
    public async Task Late_request_is_stale_and_its_repeats_are_repeats(string name)
    {
        var a = Next(name);
        var b = At(a, Some.Instant.AddSeconds(1));

        var outcomes = await ReceiveAllAsync(b, a, a, b);

        Assert.Equal([New(outcomes[0]), Stale(outcomes[1]), Repeat(outcomes[1]), Possible(outcomes[3])], outcomes);
        Assert.Equal([false, true, false], (await Store.AllAsync()).Select(it => it.IsStale));
    }

    [Theory]
    [MemberData(nameof(WithoutTime))]
    public async Task Same_request_without_a_time_after_another_event_of_its_resource_may_be_a_real_event(string name)
    {
        var a = Next(name);
        var b = Another(a);

        var outcomes = await ReceiveAllAsync(a, b, a, a);

        Assert.Equal([New(outcomes[0]), New(outcomes[1]), Possible(outcomes[2]), Repeat(outcomes[2])], outcomes);
    }

    [Theory]
    [MemberData(nameof(WithResource))]
    public async Task Events_of_other_resources_in_between_change_nothing(string name)
    {
        var a = Next(name);

        var outcomes = await ReceiveAllAsync(a, Next(name), Next("tag.created"), Next("convo.deleted"), a);

        Assert.Equal(Repeat(outcomes[0]), outcomes[4]);
    }

    [Theory]
    [MemberData(nameof(Deletable))]
    public async Task Same_request_after_the_deletion_of_its_resource_is_a_repeat(string name)
    {
        var a = Next(name);
        var deletion = DeletionOf(a);

        var outcomes = await ReceiveAllAsync(a, deletion, a, deletion);

        Assert.Equal([New(outcomes[0]), New(outcomes[1]), Repeat(outcomes[0]), Repeat(outcomes[1])], outcomes);
    }

    [Fact]
    public async Task Deletion_after_a_newer_one_of_the_same_resource_is_a_repeat()
    {
        var first = Some.Outgoing("tag.deleted", """{"id":1}""");
        var second = Some.Outgoing("tag.deleted", """{"id": 1}""");

        var outcomes = await ReceiveAllAsync(first, second, first);

        Assert.Equal(Repeat(outcomes[0]), outcomes[2]);
    }

    [Theory]
    [MemberData(nameof(Deletable))]
    public async Task New_request_after_the_deletion_of_its_resource_is_stored(string name)
    {
        var a = Next(name);
        var b = a.With("somethingElse", "true");

        var outcomes = await ReceiveAllAsync(a, DeletionOf(a), b, b);

        Assert.Equal([New(outcomes[0]), New(outcomes[1]), New(outcomes[2]), Repeat(outcomes[2])], outcomes);
    }

    [Theory]
    [MemberData(nameof(Siblings))]
    public async Task Same_body_under_another_name_is_a_different_event(string first, string second)
    {
        var sent = Next(first);

        var outcomes = await ReceiveAllAsync(sent, new OutgoingEvent(second, sent.Body));

        Assert.Equal([New(outcomes[0]), New(outcomes[1])], outcomes);
        Assert.Equal([first, second], (await Store.AllAsync()).Select(it => it.EventType));
    }

    [Theory]
    [InlineData("helpscout.test", "convo.invented")]
    [InlineData("helpscout.test", "")]
    public async Task Name_outside_the_catalogue_does_not_distinguish_requests(string first, string second)
    {
        var body = SampleEvents.Get("convo.created").Body;

        var outcomes = await ReceiveAllAsync(
            new OutgoingEvent(first, body), new OutgoingEvent(second, body), new OutgoingEvent("convo.created", body));

        Assert.Equal([New(outcomes[0]), Repeat(outcomes[0]), New(outcomes[2])], outcomes);
    }

    [Theory]
    [InlineData("message.survey.response.received", null)]
    [InlineData("convo.created", "not JSON")]
    [InlineData("convo.created", "")]
    [InlineData("tag.created", """{"name":"no id"}""")]
    [InlineData("helpscout.test", "[]")]
    public async Task Same_request_without_a_resource_is_a_repeat_whatever_happened_in_between(string name, string? body)
    {
        var a = body is null ? Next(name) : Some.Outgoing(name, body);
        var b = body is null ? a.With("response.timestamp", "2030-01-01T00:00:00Z") : Some.Outgoing(name, body + " ");

        var outcomes = await ReceiveAllAsync(a, b, a);

        Assert.Equal([New(outcomes[0]), New(outcomes[1]), Repeat(outcomes[0])], outcomes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Same_request_is_a_repeat_until_the_end_of_the_window(string name)
    {
        var sent = Next(name);

        var first = await ReceiveAsync(sent, Some.Instant);
        var inside = await ReceiveAsync(sent, Some.Instant + Window);
        var beyond = await ReceiveAsync(sent, Some.Instant + Window + TimeSpan.FromMicroseconds(1));
        var again = await ReceiveAsync(sent, Some.Instant + Window + TimeSpan.FromHours(1));

        Assert.Equal([New(first), Repeat(first), New(beyond), Repeat(beyond)], [first, inside, beyond, again]);
        Assert.NotEqual(first.Sequence, beyond.Sequence);
    }

    [Fact]
    public async Task Window_follows_the_age_clock_and_not_the_wall_clock()
    {
        var sent = Some.Event(key: Some.Key(1)) with { AgedAt = Some.Instant };
        var ahead = sent with { Id = Some.Id(), ReceivedAt = Some.Instant.AddYears(1), AgedAt = Some.Instant.AddMinutes(24) };
        var back = ahead with { Id = Some.Id(), ReceivedAt = Some.Instant.AddMinutes(2), AgedAt = Some.Instant + Window };
        var later = back with { Id = Some.Id(), AgedAt = Some.Instant + Window + TimeSpan.FromMinutes(1) };

        var outcomes = await Store.Inbox.AppendAsync([sent, ahead, back, later]);

        Assert.Equal([false, true, true, false], outcomes.Select(it => it.IsRepeat));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Source_that_does_not_deduplicate_stores_every_request(string name)
    {
        var sent = Next(name);

        var outcomes = await Store.Inbox.AppendAsync(
        [
            Some.Received(sent, deduplicate: false),
            Some.Received(sent, deduplicate: false),
            Some.Received(sent),
            Some.Received(sent, deduplicate: false),
            Some.Received(sent),
        ]);

        Assert.Equal([false, false, false, false], outcomes[..4].Select(it => it.IsRepeat));
        Assert.All(outcomes, outcome => Assert.False(outcome.IsStale));
        Assert.All(outcomes[..4], outcome => Assert.False(outcome.IsPossibleRepeat));
    }

    [Theory]
    [MemberData(nameof(WithTime))]
    public async Task Source_that_does_not_deduplicate_still_marks_stale_events(string name)
    {
        var a = Next(name);
        var b = At(a, Some.Instant.AddSeconds(1));

        var outcomes = await Store.Inbox.AppendAsync(
            [Some.Received(b, deduplicate: false), Some.Received(a, deduplicate: false)]);

        Assert.Equal([New(outcomes[0]), Stale(outcomes[1])], outcomes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Sources_share_neither_keys_nor_the_state_of_resources(string name)
    {
        var a = Next(name);

        var outcomes = await Store.Inbox.AppendAsync(
        [
            Some.Received(At(a, Some.Instant.AddDays(1)), source: "one"),
            Some.Received(a, source: "two"),
            Some.Received(a, source: "two"),
        ]);

        Assert.Equal([New(outcomes[0]), New(outcomes[1]), Repeat(outcomes[1])], outcomes);
        Assert.Equal([0, 1], (await Store.AllAsync()).Select(it => it.Repeats));
    }

    [Fact]
    public async Task Rating_repeats_whatever_happens_to_its_conversation()
    {
        var rating = Next("satisfaction.ratings");
        var conversation = Next("convo.created").With("id", "3352330101");

        var outcomes = await ReceiveAllAsync(rating.With("conversationId", "3352330101"), conversation, rating.With("conversationId", "3352330101"));

        Assert.True(outcomes[2].IsRepeat);
    }

    private static TheoryData<string> Where(Func<HelpScoutEventType, bool> condition) =>
        [.. HelpScoutEventCatalog.All.Where(condition).Select(type => type.Name)];

    /// <summary>Returns the member of an event's body that contains its time.</summary>
    private static string? TimeOf(HelpScoutEventType type) => type switch
    {
        { IsDeletion: true } => null,
        { Resource: ResourceKind.Conversation } => "userUpdatedAt",
        { Resource: ResourceKind.Customer or ResourceKind.Tag } => "updatedAt",
        { Resource: ResourceKind.Rating } => "modifiedAt",
        { Resource: ResourceKind.Chat } => "_embedded.events.0.createdAt",
        { Resource: ResourceKind.User } => "email.updatedAt",
        _ => null,
    };

    private static HelpScoutEventType? DeletionOf(HelpScoutEventType type) =>
        HelpScoutEventCatalog.All.FirstOrDefault(other => other.IsDeletion && other.Resource == type.Resource);

    private static OutgoingEvent DeletionOf(OutgoingEvent sent) => Some.Outgoing(
        DeletionOf(sent.EventType!)!.Name, $$"""{"id":{{JsonNode.Parse(sent.Body.Span)!["id"]}}}""");

    /// <summary>Another event about the same resource; after a deletion, one that shows it exists again.</summary>
    private static OutgoingEvent Another(OutgoingEvent sent) => sent.EventType!.IsDeletion
        ? SampleEvents.Get(sent.Name.Replace(".deleted", ".created", StringComparison.Ordinal))
            .With("id", JsonNode.Parse(sent.Body.Span)!["id"]!.ToJsonString())
        : sent.With("somethingElse", "true");

    private static AppendOutcome New(AppendOutcome of) => new(of.Sequence, false, false, false);

    private static AppendOutcome Stale(AppendOutcome of) => new(of.Sequence, false, true, false);

    private static AppendOutcome Possible(AppendOutcome of) => new(of.Sequence, false, false, true);

    private static AppendOutcome Repeat(AppendOutcome of) => new(of.Sequence, true, false, false);

    /// <summary>The same resource in the state at another time; for events without a time, the same event.</summary>
    private static OutgoingEvent At(OutgoingEvent sent, DateTimeOffset instant) => TimeOf(sent.EventType!) is { } path
        ? sent.With(path, instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture))
        : sent;

    /// <summary>A new event whose time, if it has one, is <see cref="Some.Instant"/>.</summary>
    private OutgoingEvent Next(string name)
    {
        var sent = At(_generator.Next(name), Some.Instant);
        if (TimeOf(sent.EventType!) is null || sent.EventType!.Resource is not ResourceKind.Chat)
        {
            return sent;
        }

        // The newest event of a chat counts, so the others are moved to earlier times.
        var events = JsonNode.Parse(sent.Body.Span)!["_embedded"]!["events"]!.AsArray();
        return Enumerable.Range(1, Math.Max(0, events.Count - 1)).Aggregate(
            sent, (changed, position) => changed.With($"_embedded.events.{position}.createdAt", "2020-01-01T00:00:00Z"));
    }

    private async Task<AppendOutcome> ReceiveAsync(OutgoingEvent sent, DateTimeOffset at) =>
        await Store.AppendAsync(Some.Received(sent, at));

    private async Task<AppendOutcome[]> ReceiveAllAsync(params OutgoingEvent[] sent)
    {
        var outcomes = new AppendOutcome[sent.Length];
        for (var index = 0; index < sent.Length; index++)
        {
            outcomes[index] = await ReceiveAsync(sent[index], Some.Instant.AddSeconds(index));
        }

        return outcomes;
    }
}
