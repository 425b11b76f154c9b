using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Memory;

/// <summary>The counts of a store in memory, by resolution and bucket.</summary>
internal sealed class MemoryCounts
{
    /// <summary>All changes up to this one have been counted.</summary>
    public long Through { get; set; }

    public List<MemoryCount> All { get; } = [];
}

/// <summary>One event or attempt, as it was counted.</summary>
internal sealed record MemoryCount(long Minutes, DateTimeOffset Bucket, Guid? Endpoint, Action<StatisticsSnapshotBuilder> Add);

internal sealed class MemoryStatisticsStore(MemoryData data) : IStatisticsStore
{
    private const int MaxChanges = 1_000;
    private const int MaxBuckets = 7;

    public Task<StepOutcome> CountAsync() => data.RunAsync(() =>
    {
        var some = data.Changes.Where(change => change.Id > data.Counts.Through).Take(MaxChanges).ToList();
        foreach (var change in some)
        {
            Count(change);
            data.Counts.Through = change.Id;
        }

        return some.Count == MaxChanges ? StepOutcome.MoreToDo : StepOutcome.Finished;
    });

    public Task<StepOutcome> PruneAsync(DateTimeOffset age) => data.RunAsync(() =>
    {
        var old = StatisticsResolution.All.SelectMany(resolution => data.Counts.All
                .Where(count => count.Minutes == resolution.Minutes && count.Bucket < StatisticsResolution.Present(age, data.Time.Now) - resolution.KeptFor)
                .Select(count => (count.Minutes, count.Bucket)))
            .Distinct().Take(MaxBuckets).ToList();
        data.Counts.All.RemoveAll(count => old.Contains((count.Minutes, count.Bucket)));
        return old.Count == MaxBuckets ? StepOutcome.MoreToDo : StepOutcome.Finished;
    });

    public Task<StatisticsSnapshot> ReadAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken) =>
        data.RunAsync(() => Read(since, now, _ => true));

    public Task<IReadOnlyList<StatisticsSnapshot.Moment>> ReadEndpointAsync(
        Guid endpointId, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken) =>
        data.RunAsync<IReadOnlyList<StatisticsSnapshot.Moment>>(() =>
            [.. Read(since, now, count => count.Endpoint == endpointId).Series.Select(moment => moment with { Delivered = 0 })]);

    public Task<IReadOnlyList<StatisticsSnapshot.Waiting>> BacklogAsync(CancellationToken cancellationToken) =>
        data.RunAsync<IReadOnlyList<StatisticsSnapshot.Waiting>>(() =>
        [
            .. data.LiveEndpoints.Select(endpoint =>
            {
                var pending = data.Deliveries.FindAll(delivery =>
                    delivery.Endpoint == endpoint && delivery.State is DeliveryState.Pending or DeliveryState.Leased);
                return new StatisticsSnapshot.Waiting(
                    endpoint.Value.Id,
                    endpoint.Value.Name,
                    pending.Count,
                    data.Deliveries.Count(delivery =>
                        delivery.Endpoint == endpoint && delivery is { State: DeliveryState.DeadLettered, ReplacedBy: null }),
                    pending.FirstOrDefault()?.CreatedAt);
            }),
        ]);

    private StatisticsSnapshot Read(DateTimeOffset since, DateTimeOffset now, Func<MemoryCount, bool> counts)
    {
        var resolution = StatisticsResolution.Of(now - since);
        var builder = new StatisticsSnapshotBuilder(since, now, resolution);
        foreach (var count in data.Counts.All.Where(count =>
            count.Minutes == resolution.Minutes && count.Bucket >= builder.First && count.Bucket <= now && counts(count)))
        {
            count.Add(builder);
        }

        return builder.Build();
    }

    private void Count(MemoryChange change)
    {
        if (change.Event is { } received && data.Events.Contains(received))
        {
            var stored = received.Stored;
            AddInAll(stored.ReceivedAt, null, at => builder =>
                builder.AddEvents(at, stored.Source, stored.EventType, (long)stored.Facts.State, 1));
        }
        else if (change is { Delivery: { } delivery, Attempt: { } made } && data.Deliveries.Contains(delivery))
        {
            AddInAll(made.Attempt.StartedAt, delivery.Endpoint.Value.Id, at => builder => AddAttempt(builder, at, delivery, made));
        }
    }

    private static void AddAttempt(StatisticsSnapshotBuilder builder, DateTimeOffset at, MemoryDelivery delivery, MemoryAttempt made)
    {
        var (endpoint, stored, attempt) = (delivery.Endpoint.Value, delivery.Event.Stored, made.Attempt);
        builder.AddAttempts(at, endpoint.Id, (long)attempt.Result.Outcome, 1, attempt.Result.Duration);
        builder.AddLatencies(at, endpoint.Id, LatencyKind.Attempt, Bytes(attempt.Result.Duration));
        if (!made.Delivers)
        {
            return;
        }

        builder.AddDelivered(at, stored.Source, stored.EventType, 1);
        if (delivery.Replay is null && stored.ReceivedAt >= endpoint.CreatedAt)
        {
            builder.AddLatencies(
                at, endpoint.Id, LatencyKind.Delivery, Bytes(attempt.StartedAt + attempt.Result.Duration - stored.ReceivedAt));
        }
    }

    private static byte[] Bytes(TimeSpan duration)
    {
        var histogram = new LatencyHistogram();
        histogram.Add(duration);
        return histogram.ToBytes();
    }

    private void AddInAll(DateTimeOffset instant, Guid? endpoint, Func<DateTimeOffset, Action<StatisticsSnapshotBuilder>> add)
    {
        foreach (var resolution in StatisticsResolution.All)
        {
            var bucket = resolution.BucketOf(instant);
            data.Counts.All.Add(new MemoryCount(resolution.Minutes, bucket, endpoint, add(bucket)));
        }
    }
}
