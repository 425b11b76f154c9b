using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for counting activity.</summary>
public abstract class StatisticsContract : StoreContract
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Counts_are_those_of_a_simple_oracle_over_random_events_and_attempts(int seed)
    {
        var world = new StatisticsWorld(Store, new Random(seed));
        await world.StartAsync();
        for (var step = 0; step < 250; step++)
        {
            await world.StepAsync();
        }

        await CountAsync();

        foreach (var window in (TimeSpan[])[Hour, 2 * Hour, Day, 7 * Day, 30 * Day, 366 * Day])
        {
            await world.CheckAsync(window);
        }
    }

    [Fact]
    public async Task Everything_is_counted_once_if_counting_is_interrupted_at_any_point()
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: EndpointOrdering.None));
        const int count = 5_000;
        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, count).Select(_ => Some.Event())]);
        await Store.DispatchAllAsync();
        var leases = await Store.LeaseAsync(endpoint, most: count);
        await Task.WhenAll(leases.Select(lease => Store.SettleAsync(lease, DeliveryState.Delivered)));

        // The second of two at once finds that the first has counted the same part; a new process continues behind it.
        var isMore = true;
        for (var turn = 0; isMore; turn++)
        {
            Assert.True(turn < 100, "counting does not come to an end");
            isMore = (await Task.WhenAll(Store.Statistics.CountAsync(), Store.Statistics.CountAsync())).Contains(StepOutcome.MoreToDo);
            await Store.ReopenAsync();
        }

        await CountAsync();
        var counted = await ReadAsync(Hour);
        Assert.Equal(count, leases.Count);
        Assert.Equal(count, Assert.Single(counted.Events).Events);
        Assert.Equal(count, Assert.Single(counted.Attempts).Attempts);
        Assert.Equal(count, Assert.Single(counted.Delivered).Deliveries);
        Assert.Equal((count, count), (Assert.Single(counted.Latencies).Deliveries.Count, counted.Latencies[0].Attempts.Count));
    }

    [Fact]
    public async Task Changes_that_retention_removed_before_they_were_counted_do_not_stop_counting()
    {
        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, 6_000).Select(_ => Some.Event())]);
        var now = Some.Instant.AddDays(40);
        await Store.AppendAsync(1, receivedAt: now);
        while (await Store.At(now).Retention.RemoveAsync(now, 30 * Day, 30 * Day) is StepOutcome.MoreToDo)
        {
        }

        await CountAsync();

        Assert.Equal(1, Assert.Single((await ReadAsync(366 * Day, now)).Events).Events);
    }

    [Fact]
    public async Task Empty_store_has_no_counts_and_nothing_to_count()
    {
        Assert.Equal(StepOutcome.Finished, await Store.Statistics.CountAsync());
        Assert.Equal(StepOutcome.Finished, await Store.Statistics.PruneAsync(Some.Instant.AddYears(10)));

        var counted = await ReadAsync(Day);
        Assert.Empty(counted.Events);
        Assert.Empty(counted.Series);
        Assert.Empty(counted.Latencies);
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(24, 300)]
    [InlineData(7 * 24, 3_600)]
    [InlineData(30 * 24, 6 * 3_600)]
    [InlineData(366 * 24, 24 * 3_600)]
    public async Task Window_begins_at_a_whole_bucket_and_ends_now(int hours, int step)
    {
        var now = Some.Instant;
        var since = now.AddHours(-hours);
        var resolution = StatisticsResolution.Of(now - since);
        await Store.AppendAsync(1, receivedAt: resolution.BucketOf(since));
        await Store.AppendAsync(1, receivedAt: now);

        // Before the window, and after it: stored while the clock was ahead.
        await Store.AppendAsync(2, receivedAt: resolution.BucketOf(since).AddTicks(-10));
        await Store.AppendAsync(2, receivedAt: now.AddYears(1));
        await CountAsync();

        var counted = await ReadAsync(now - since);

        Assert.Equal((resolution.BucketOf(since), now, TimeSpan.FromSeconds(step)), (counted.Since, counted.Until, counted.Step));
        Assert.Equal(2, Assert.Single(counted.Events).Events);
        Assert.Equal([counted.Since, resolution.BucketOf(now)], counted.Series.Select(moment => moment.At));
    }

    [Fact]
    public async Task Latency_is_the_time_from_receipt_to_the_end_of_the_attempt_that_delivered()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var failed = Assert.Single(await Store.LeaseAsync(endpoint));
        await SettleAsync(failed, DeliveryState.Pending, Some.Instant, TimeSpan.FromSeconds(30));
        var at = Some.Instant.AddMinutes(10);
        await SettleAsync(Assert.Single(await Store.LeaseAsync(endpoint, at)), DeliveryState.Delivered, at, TimeSpan.FromSeconds(2));
        await CountAsync();

        var latencies = Assert.Single((await ReadAsync(Hour, at)).Latencies);

        Assert.Equal(endpoint.Id, latencies.EndpointId);
        AssertDurations([TimeSpan.FromSeconds(602)], latencies.Deliveries);
        AssertDurations([TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(2)], latencies.Attempts);
    }

    [Fact]
    public async Task Delivery_that_ended_before_its_event_was_received_took_no_time()
    {
        // The wall clock was set back between receipt and attempt.
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1, receivedAt: Some.Instant.AddDays(1));
        await Store.DispatchAllAsync();
        await Store.SettleAsync(Assert.Single(await Store.LeaseAsync(endpoint)), DeliveryState.Delivered);
        await CountAsync();

        AssertDurations([TimeSpan.Zero], Assert.Single((await ReadAsync(Hour)).Latencies).Deliveries);
    }

    [Fact]
    public async Task Replayed_event_counts_as_delivered_and_not_for_the_latency()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        await Store.DrainAsync(endpoint);
        var later = Some.Instant.AddDays(20);
        await Store.At(later).Replays.CreateAsync(new ReplayRequest { EndpointId = endpoint.Id, EventTypes = ["*"] });
        while (await Store.At(later).Replays.StepAsync() is StepOutcome.MoreToDo)
        {
        }

        Assert.Single(await Store.DrainAsync(endpoint, later));
        await CountAsync();

        var counted = await ReadAsync(30 * Day, later);
        Assert.Equal(2, Assert.Single(counted.Delivered).Deliveries);
        AssertDurations([TimeSpan.Zero], Assert.Single(counted.Latencies).Deliveries);
        Assert.Equal(2, counted.Latencies[0].Attempts.Count);
    }

    [Fact]
    public async Task Events_older_than_their_endpoint_do_not_count_for_the_latency()
    {
        await Store.AppendAsync(1, receivedAt: Some.Instant.AddDays(-10));
        var endpoint = await Store.CreateAsync(start: StartPosition.Beginning);
        await Store.DispatchAllAsync();
        Assert.Single(await Store.DrainAsync(endpoint));
        await CountAsync();

        var counted = await ReadAsync(Hour);
        Assert.Equal(1, Assert.Single(counted.Delivered).Deliveries);
        Assert.Equal((0, 1), (Assert.Single(counted.Latencies).Deliveries.Count, counted.Latencies[0].Attempts.Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delivery_whose_lease_expired_during_a_success_is_delivered_once(bool countBetween)
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var late = Assert.Single(await Store.LeaseAsync(endpoint));
        var expired = Some.Instant.AddMinutes(1);
        await Store.At(expired).Queue.ExpireLeasesAsync();
        var current = Assert.Single(await Store.LeaseAsync(endpoint, expired));
        Assert.Equal(SettleOutcome.LeaseExpired, await Store.At(expired).Queue.SettleAsync(late.Settlement(DeliveryState.Delivered, startedAt: expired)));
        if (countBetween)
        {
            await CountAsync();
            Assert.Empty((await ReadAsync(Hour, expired)).Delivered);
        }

        await Store.SettleAsync(current, DeliveryState.Delivered, expired);
        await CountAsync();

        var counted = await ReadAsync(Hour, expired);
        Assert.Equal(2, Assert.Single(counted.Attempts).Attempts);
        Assert.Equal(1, Assert.Single(counted.Delivered).Deliveries);
        Assert.Equal(1, Assert.Single(counted.Latencies).Deliveries.Count);
    }

    [Fact]
    public async Task Counts_of_a_deleted_endpoint_stay()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        await Store.DrainAsync(endpoint);
        await Store.Endpoints.DeleteAsync(endpoint.Id);
        await CountAsync();

        Assert.Equal(endpoint.Id, Assert.Single((await ReadAsync(Hour)).Attempts).EndpointId);
        Assert.Single(await Store.Statistics.ReadEndpointAsync(endpoint.Id, Some.Instant - Hour, Some.Instant, Cancel));
        Assert.Empty(await Store.Statistics.ReadEndpointAsync(Some.Id(), Some.Instant - Hour, Some.Instant, Cancel));
        Assert.Empty(await Store.Statistics.BacklogAsync(Cancel));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Each_resolution_is_removed_after_its_time(int number)
    {
        var resolution = StatisticsResolution.All[number];
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        await Store.DrainAsync(endpoint);
        await CountAsync();
        var bucket = resolution.BucketOf(Some.Instant);

        await PruneAsync(bucket + resolution.KeptFor);
        Assert.Equal(
            Enumerable.Range(0, 5).Select(other => other >= number), await Task.WhenAll(StatisticsResolution.All.Select(IsKeptAsync)));

        await PruneAsync(bucket + resolution.KeptFor + TimeSpan.FromSeconds(1));
        Assert.Equal(
            Enumerable.Range(0, 5).Select(other => other > number), await Task.WhenAll(StatisticsResolution.All.Select(IsKeptAsync)));
    }

    [Fact]
    public async Task Many_old_buckets_are_removed_in_small_steps_and_the_rest_stays()
    {
        for (var minute = 0; minute < 120; minute++)
        {
            await Store.AppendAsync(1, receivedAt: Some.Instant.AddMinutes(minute));
        }

        await CountAsync();
        var end = Some.Instant.AddMinutes(120);

        // All but the last 20 minutes are too old.
        var steps = await PruneAsync(StatisticsResolution.All[0].BucketOf(Some.Instant.AddMinutes(100)) + StatisticsResolution.All[0].KeptFor);

        Assert.InRange(steps, 2, 120);
        Assert.Equal(20, (await ReadAsync(2 * Hour, end)).Series.Sum(moment => moment.Events));
        Assert.Equal(120, (await ReadAsync(3 * Hour, end)).Series.Sum(moment => moment.Events));
    }

    private async Task<bool> IsKeptAsync(StatisticsResolution resolution)
    {
        var since = Some.Instant - resolution.LongestWindow + TimeSpan.FromSeconds(1);
        var counted = await Store.Statistics.ReadAsync(since, Some.Instant, Cancel);
        Assert.Equal(resolution.Width, counted.Step);
        bool[] kept = [counted.Events.Count > 0, counted.Delivered.Count > 0, counted.Attempts.Count > 0, counted.Latencies.Count > 0];
        return Assert.Single(kept.Distinct());
    }

    [Fact]
    public async Task Age_clock_that_is_ahead_removes_nothing_of_today()
    {
        await Store.AppendAsync(1);
        await CountAsync();

        await PruneAsync(Some.Instant.AddDays(300), Some.Instant);

        Assert.Equal(1, Assert.Single((await ReadAsync(TimeSpan.FromHours(1))).Events).Events);
    }

    private async Task CountAsync()
    {
        for (var step = 0; await Store.Statistics.CountAsync() is StepOutcome.MoreToDo; step++)
        {
            Assert.True(step < 1_000, "counting does not come to an end");
        }
    }

    private async Task<int> PruneAsync(DateTimeOffset age, DateTimeOffset? later = null)
    {
        var steps = 1;
        for (; await Store.At(later ?? age).Statistics.PruneAsync(age) is StepOutcome.MoreToDo; steps++)
        {
            Assert.True(steps < 1_000, "removing does not come to an end");
        }

        return steps;
    }

    private Task<StatisticsSnapshot> ReadAsync(TimeSpan window, DateTimeOffset? now = null) =>
        Store.Statistics.ReadAsync((now ?? Some.Instant) - window, now ?? Some.Instant, Cancel);

    private Task<SettleOutcome> SettleAsync(DeliveryLease lease, DeliveryState state, DateTimeOffset at, TimeSpan duration)
    {
        var settlement = lease.Settlement(state, startedAt: at);
        return Store.At(at).Queue.SettleAsync(settlement with { Result = settlement.Result with { Duration = duration } });
    }

    private static void AssertDurations(IEnumerable<TimeSpan> expected, StatisticsSnapshot.Latency actual)
    {
        var histogram = new LatencyHistogram();
        foreach (var duration in expected)
        {
            histogram.Add(duration);
        }

        Assert.Equal(histogram.Summarize(), actual);
    }
}
