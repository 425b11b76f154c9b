using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Rules;

public class RepeatRuleTests
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(48);

    // Stored: sequence and age in hours, or none. Resource: last sequence, newest time in seconds after the event
    // (none: no time known), sequence of its deletion. Whether the event has a resource, and a time.
    public static TheoryData<long?, double, long?, int?, long?, bool, bool, string> Table => new()
    {
        // No event with this key is known.
        { null, 0, null, null, null, false, false, nameof(RepeatDecision.New) },
        { null, 0, null, null, null, true, true, nameof(RepeatDecision.New) },
        { null, 0, 7, 0, null, true, true, nameof(RepeatDecision.New) },
        { null, 0, 7, -1, null, true, true, nameof(RepeatDecision.New) },
        { null, 0, 7, 1, null, true, true, nameof(RepeatDecision.Stale) },
        { null, 0, 7, 1, null, true, false, nameof(RepeatDecision.New) },
        { null, 0, 7, null, null, true, true, nameof(RepeatDecision.New) },
        { null, 0, 7, null, 7, true, true, nameof(RepeatDecision.New) },
        { null, 0, 7, 1, 7, true, true, nameof(RepeatDecision.Stale) },

        // Known, and nothing else happened to the resource.
        { 5, 1, null, null, null, false, false, nameof(RepeatDecision.Repeat) },
        { 5, 1, null, null, null, false, true, nameof(RepeatDecision.Repeat) },
        { 5, 1, null, null, null, true, true, nameof(RepeatDecision.Repeat) },
        { 5, 1, 5, 0, null, true, true, nameof(RepeatDecision.Repeat) },
        { 5, 1, 5, null, 5, true, false, nameof(RepeatDecision.Repeat) },
        { 5, 0, 5, 0, null, true, true, nameof(RepeatDecision.Repeat) },
        { 5, -1, 5, 0, null, true, true, nameof(RepeatDecision.Repeat) },

        // Known, and something else happened to the resource.
        { 5, 1, 7, 1, null, true, true, nameof(RepeatDecision.Repeat) },
        { 5, 1, 7, 0, null, true, true, nameof(RepeatDecision.PossibleRepeat) },
        { 5, 1, 7, null, null, true, true, nameof(RepeatDecision.PossibleRepeat) },
        { 5, 1, 7, 1, null, true, false, nameof(RepeatDecision.PossibleRepeat) },
        { 5, 1, 7, null, null, true, false, nameof(RepeatDecision.PossibleRepeat) },

        // Known, and the resource was deleted: since, or before.
        { 5, 1, 7, 0, 7, true, true, nameof(RepeatDecision.Repeat) },
        { 5, 1, 7, 0, 6, true, true, nameof(RepeatDecision.Repeat) },
        { 5, 1, 7, null, 6, true, false, nameof(RepeatDecision.Repeat) },
        { 5, 1, 7, 0, 5, true, true, nameof(RepeatDecision.PossibleRepeat) },
        { 5, 1, 7, 0, 4, true, true, nameof(RepeatDecision.PossibleRepeat) },
        { 5, 1, 5, 0, 4, true, true, nameof(RepeatDecision.Repeat) },

        // Known, at the end of the window and beyond.
        { 5, 48, 5, 0, null, true, true, nameof(RepeatDecision.Repeat) },
        { 5, 48.001, 5, 0, null, true, true, nameof(RepeatDecision.New) },
        { 5, 48.001, 7, 1, null, true, true, nameof(RepeatDecision.Stale) },
        { 5, 48.001, 7, 0, 6, true, true, nameof(RepeatDecision.New) },
        { 5, 48.001, null, null, null, false, false, nameof(RepeatDecision.New) },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Decision_follows_the_table(
        long? kept, double ageInHours, long? last, int? newest, long? deleted, bool hasResource, bool hasTime,
        string expected)
    {
        var changedAt = Some.Instant;
        var facts = Some.Facts(hasResource ? Some.Conversation(1) : null) with { ChangedAt = hasTime ? changedAt : null };
        var decision = RepeatRule.Decide(
            Some.Event(facts: facts, key: Some.Key(1)) with { AgedAt = Some.Instant.AddHours(ageInHours) },
            kept is { } sequence ? new KeptEvent(sequence, Some.Instant, []) : null,
            last is { } of
                ? new ResourceState(of, newest is { } seconds ? changedAt.AddSeconds(seconds) : null, deleted)
                : null,
            Window);

        Assert.Equal(expected, decision.ToString());
    }

    // How many earlier copies are known, how many hours apart they were received, and how long after the newest this one is.
    [Theory]
    [InlineData(6, 1, 1, nameof(RepeatDecision.PossibleRepeat))]
    [InlineData(7, 1, 1, nameof(RepeatDecision.ExcessCopy))]
    [InlineData(7, 0, 0, nameof(RepeatDecision.ExcessCopy))]
    [InlineData(7, 47, 1, nameof(RepeatDecision.ExcessCopy))]
    [InlineData(7, 47, 1.001, nameof(RepeatDecision.PossibleRepeat))]
    [InlineData(7, 1, 48, nameof(RepeatDecision.PossibleRepeat))]
    [InlineData(7, 1, 48.001, nameof(RepeatDecision.New))]
    public void Eight_copies_within_the_window_are_stored_and_no_more(int earlier, double age, double later, string expected)
    {
        var copies = Enumerable.Repeat(Some.Instant.AddHours(-age), earlier).ToList();

        var facts = Some.Facts(Some.Conversation(1)) with { ChangedAt = Some.Instant };
        var decision = RepeatRule.Decide(
            Some.Event(facts: facts, key: Some.Key(1)) with { AgedAt = Some.Instant.AddHours(later) },
            new KeptEvent(5, Some.Instant, copies),
            new ResourceState(7, Some.Instant, null),
            Window);

        Assert.Equal(expected, decision.ToString());
    }
}
