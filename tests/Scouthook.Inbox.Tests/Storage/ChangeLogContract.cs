using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for the log of changes that followers read.</summary>
public abstract class ChangeLogContract : StoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Empty_log_has_no_changes_and_no_gap()
    {
        Assert.Equal(0, await LastAsync());

        AssertEmpty(await ReadAsync(0), through: 0);
    }

    [Fact]
    public async Task Events_and_attempts_are_in_the_order_of_their_commits()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.AppendAsync(2);
        await Store.DispatchAllAsync();
        var leases = await Store.LeaseAsync(endpoint);
        await Store.SettleAsync(leases[1], DeliveryState.Delivered);
        await Store.AppendAsync(3);
        await Store.SettleAsync(leases[0], DeliveryState.Pending, again: TimeSpan.Zero);
        await Store.SettleAsync(Assert.Single(await Store.LeaseAsync(endpoint)), DeliveryState.Delivered);

        var page = await ReadAsync(0);

        Assert.Equal(
            ["event 1", "event 2", "attempt 1 of 2", "event 3", "attempt 1 of 1", "attempt 2 of 1"], await TextsAsync(page));
        Assert.Equal(page.Changes.Select(change => change.Id).Order().Distinct(), page.Changes.Select(change => change.Id));
        Assert.Equal(await LastAsync(), page.Changes[^1].Id);
        Assert.Equal((await LastAsync(), false), (page.Through, page.IsGap));
    }

    [Fact]
    public async Task Change_contains_the_event_or_the_attempt_as_they_are_stored()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint));
        await Store.SettleAsync(lease, DeliveryState.DeadLettered);

        var changes = (await ReadAsync(0)).Changes;

        Assert.Equivalent(Assert.Single(await Store.AllAsync()), changes[0].Event, strict: true);
        Assert.Null(changes[0].Delivery);
        Assert.Null(changes[0].Attempt);
        Assert.Null(changes[1].Event);
        Assert.Equivalent(await Store.DeliveryAsync(lease.DeliveryId), changes[1].Delivery, strict: true);
        Assert.Equivalent(Assert.Single(await Store.Deliveries.AttemptsAsync(lease.DeliveryId, Cancel)), changes[1].Attempt, strict: true);

        // The dead letter raised an event, which followers get too.
        Assert.Equal(OperationalEvent.DeadLettered, changes[2].Event!.EventType);
        Assert.Equal(3, changes.Count);
    }

    [Fact]
    public async Task Attempt_that_ended_after_its_lease_is_a_change()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var late = Assert.Single(await Store.LeaseAsync(endpoint));
        await Store.At(Some.Instant.AddMinutes(1)).Queue.ExpireLeasesAsync();
        await Store.At(Some.Instant.AddMinutes(1)).Queue.SettleAsync(late.Settlement(DeliveryState.Delivered, startedAt: Some.Instant.AddMinutes(1)));

        Assert.Equal(["event 1", "attempt 1 of 1"], await TextsAsync(await ReadAsync(0)));
    }

    [Fact]
    public async Task Recognised_repeat_and_what_only_moves_deliveries_are_no_changes()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(Some.Event(key: Some.Key(1)));
        var last = await LastAsync();

        Assert.True((await Store.AppendAsync(Some.Event(key: Some.Key(1)))).IsRepeat);
        await Store.DispatchAllAsync();
        await Store.Queue.ReleaseAsync(Assert.Single(await Store.LeaseAsync(endpoint)));

        Assert.Equal(last, await LastAsync());
        Assert.Single((await ReadAsync(0)).Changes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task Following_page_by_page_gives_every_change_once(int limit)
    {
        await FillAsync();
        var all = (await ReadAsync(0, 1_000)).Changes;

        var read = new List<Change>();
        for (var page = await ReadAsync(0, limit); page.Changes.Count > 0; page = await ReadAsync(page.Through, limit))
        {
            Assert.False(page.IsGap);
            Assert.Equal(page.Changes[^1].Id, page.Through);
            read.AddRange(page.Changes);
            Assert.True(read.Count <= all.Count, "following does not come to an end");
        }

        Assert.Equal(all.Select(change => change.Id), read.Select(change => change.Id));
    }

    [Fact]
    public async Task Follower_continues_after_any_change_even_within_a_commit()
    {
        await FillAsync();
        var all = (await ReadAsync(0, 1_000)).Changes;

        for (var seen = 1; seen <= all.Count; seen++)
        {
            var page = await ReadAsync(all[seen - 1].Id, 1_000);

            Assert.False(page.IsGap);
            Assert.Equal(all.Skip(seen).Select(change => change.Id), page.Changes.Select(change => change.Id));
        }
    }

    [Fact]
    public async Task Follower_at_the_end_gets_nothing_until_something_happens()
    {
        await Store.AppendAsync(1);
        var last = await LastAsync();
        AssertEmpty(await ReadAsync(last), through: last);

        await Store.ReopenAsync();
        Assert.Equal(last, await LastAsync());
        await Store.AppendAsync(2);

        Assert.Equal(["event 2"], await TextsAsync(await ReadAsync(last)));
        Assert.True(await LastAsync() > last);
    }

    [Fact]
    public async Task Only_a_follower_that_misses_removed_changes_sees_a_gap()
    {
        await Store.AppendAsync(1);
        await Store.AppendAsync(2);
        var removed = await LastAsync();
        var kept = await Store.AppendAsync(3, receivedAt: Some.Instant.AddDays(40));
        await RemoveAsync(Some.Instant.AddDays(41));

        var behind = await ReadAsync(removed - 1);
        Assert.True(behind.IsGap);
        Assert.Equal(kept, Assert.Single(behind.Changes).Event!.Sequence);

        // One that has seen all of them misses nothing, and neither does a new one.
        foreach (var after in (long[])[removed, 0])
        {
            var page = await ReadAsync(after);
            Assert.False(page.IsGap);
            Assert.Equal(kept, Assert.Single(page.Changes).Event!.Sequence);
        }
    }

    [Fact]
    public async Task Event_removed_from_the_middle_of_a_commit_is_left_out()
    {
        await Store.Inbox.AppendAsync(
        [
            Some.Event(receivedAt: Some.Instant),
            Some.Event(receivedAt: Some.Instant.AddDays(40)),
            Some.Event(receivedAt: Some.Instant.AddDays(40)),
        ]);
        var all = (await ReadAsync(0)).Changes;
        await RemoveAsync(Some.Instant.AddDays(41));

        var page = await ReadAsync(0);

        Assert.Equal(all.Skip(1).Select(change => change.Id), page.Changes.Select(change => change.Id));
        Assert.Equal(await LastAsync(), page.Through);
    }

    [Fact]
    public async Task Attempt_that_is_no_longer_stored_is_skipped()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint));
        await Store.AppendAsync(2, receivedAt: Some.Instant.AddDays(40));
        await Store.DispatchAllAsync();
        var seen = await LastAsync();
        await Store.SettleAsync(lease, DeliveryState.Delivered);
        var last = await LastAsync();
        await RemoveAsync(Some.Instant.AddDays(41));

        // So that a follower does not ask for it again.
        AssertEmpty(await ReadAsync(seen), through: last);
        Assert.True(last > seen);
        Assert.Equal(last, await LastAsync());
    }

    private static void AssertEmpty(ChangePage page, long through)
    {
        Assert.Empty(page.Changes);
        Assert.Equal((through, false), (page.Through, page.IsGap));
    }

    private Task<long> LastAsync() => Store.Changes.LastAsync(Cancel);

    private Task<ChangePage> ReadAsync(long after, int limit = 100) => Store.Changes.ReadAsync(after, limit, Cancel);

    /// <summary>Commits of one and of several events, with attempts in between.</summary>
    private async Task FillAsync()
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: EndpointOrdering.None));
        for (var round = 1; round <= 4; round++)
        {
            await Store.Inbox.AppendAsync([.. Enumerable.Range(0, round * round).Select(_ => Some.Event())]);
            await Store.DispatchAllAsync();
            foreach (var lease in await Store.LeaseAsync(endpoint, most: 3))
            {
                await Store.SettleAsync(lease, DeliveryState.Delivered);
            }
        }
    }

    private async Task RemoveAsync(DateTimeOffset now)
    {
        for (var step = 0; await Store.At(now).Retention.RemoveAsync(now, TimeSpan.FromDays(30), TimeSpan.FromDays(30)) is StepOutcome.MoreToDo; step++)
        {
            Assert.True(step < 1_000, "retention does not come to an end");
        }
    }

    private async Task<List<string>> TextsAsync(ChangePage page)
    {
        var sequences = (await Store.AllAsync()).ToDictionary(stored => stored.Id, stored => stored.Sequence);
        return [.. page.Changes.Select(change => change.Event is { } stored
            ? FormattableString.Invariant($"event {stored.Sequence}")
            : FormattableString.Invariant($"attempt {change.Attempt!.Number} of {sequences[change.Delivery!.EventId]}"))];
    }
}
