using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>
/// Random events and attempts over some weeks, and their counts as an oracle makes them: by looking at every event and
/// every attempt.
/// </summary>
internal sealed class StatisticsWorld(StoreHarness store, Random random)
{
    private static readonly string[] Types = ["convo.created", "convo.tags", "tag.created", "helpscout.test"];

    private readonly List<WebhookEndpoint> _endpoints = [];
    private DateTimeOffset _now = Some.Instant;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task StartAsync()
    {
        _endpoints.Add(await store.CreateAsync(SomeEndpoint.Http("crm")));
        _endpoints.Add(await store.CreateAsync(SomeEndpoint.Http("all at once", EndpointOrdering.None, ["*", "scouthook.*"])));
    }

    public async Task StepAsync()
    {
        // From seconds to most of a day.
        _now += TimeSpan.FromSeconds(Math.Pow(2, random.NextDouble() * 16));
        switch (random.Next(9))
        {
            case 0 or 1 or 2:
                await store.Inbox.AppendAsync([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Event())]);
                break;
            case 3:
                await store.DispatchAllAsync(_now);
                break;
            case 4 or 5:
                await AttemptAsync(await store.LeaseAsync(AnyEndpoint(), _now, random.Next(1, 8)));
                break;
            case 6:
                var late = await store.LeaseAsync(AnyEndpoint(), _now, 2);
                _now = _now.AddMinutes(1);
                await store.At(_now).Queue.ExpireLeasesAsync();
                await AttemptAsync(late);
                break;
            case 7:
                await store.At(_now).Replays.CreateAsync(random.Next(2) == 0
                        ? new ReplayRequest { DeadLetters = true, EndpointId = AnyEndpoint().Id }
                        : new ReplayRequest { EndpointId = AnyEndpoint().Id, EventTypes = ["convo.created"], Since = _now.AddDays(-2) });
                while (await store.At(_now).Replays.StepAsync() is StepOutcome.MoreToDo)
                {
                }

                break;
            default:
                await store.Statistics.CountAsync();
                await store.ReopenAsync();
                break;
        }
    }

    public async Task CheckAsync(TimeSpan window)
    {
        var resolution = StatisticsResolution.Of(window);
        var first = resolution.BucketOf(_now - window);
        var events = (await store.WithOperationalAsync()).ToDictionary(stored => stored.Id);
        var received = events.Values.Where(stored => stored.ReceivedAt >= first && stored.ReceivedAt <= _now).ToList();
        var attempts = await AttemptsAsync(events, first);
        var counted = await store.Statistics.ReadAsync(_now - window, _now, Cancel);

        Equal(
            received.GroupBy(stored => (stored.Source, stored.EventType, (long)stored.Facts.State)).Select(group => (group.Key, group.LongCount())),
            counted.Events.Select(count => ((count.Source, count.EventType, count.State), count.Events)));
        Equal(
            attempts.Where(made => made.Delivers).GroupBy(made => (made.Event.Source, made.Event.EventType)).Select(group => (group.Key, group.LongCount())),
            counted.Delivered.Select(count => ((count.Source, count.EventType), count.Deliveries)));
        Equal(
            attempts.GroupBy(made => (made.Delivery.EndpointId, (long)made.Attempt.Result.Outcome))
                .Select(group => (group.Key, group.LongCount(), group.Sum(made => made.Attempt.Result.Duration.Ticks))),
            counted.Attempts.Select(count => ((count.EndpointId, count.Outcome), count.Attempts, count.Duration.Ticks)));
        Equal(
            attempts.GroupBy(made => made.Delivery.EndpointId).Select(group => (group.Key, Latencies(group), Durations(group))),
            counted.Latencies.Select(latency => (latency.EndpointId, latency.Deliveries.ToString(), latency.Attempts.ToString())));
        Assert.Equal(
            (Latencies(attempts), Durations(attempts)), (counted.DeliveryLatency.ToString(), counted.AttemptDuration.ToString()));

        var byHelpScout = received.Where(stored => stored.Source != OperationalEvent.Source).ToList();
        var delivered = attempts.Where(made => made.Delivers && made.Event.Source != OperationalEvent.Source).ToList();
        Equal(
            byHelpScout.Select(stored => resolution.BucketOf(stored.ReceivedAt))
                .Concat(attempts.Select(made => resolution.BucketOf(made.Attempt.StartedAt)))
                .Distinct()
                .Select(at => (
                    at,
                    byHelpScout.LongCount(stored => resolution.BucketOf(stored.ReceivedAt) == at),
                    delivered.LongCount(made => resolution.BucketOf(made.Attempt.StartedAt) == at),
                    At(at).LongCount(),
                    At(at).LongCount(made => made.Attempt.Result.Outcome is not AttemptOutcome.Delivered),
                    Latencies(At(at)),
                    Durations(At(at)))),
            counted.Series.Select(moment => (
                moment.At, moment.Events, moment.Delivered, moment.Attempts, moment.Failed,
                moment.DeliveryLatency.ToString(), moment.AttemptDuration.ToString())));
        Assert.Equal(counted.Series.Select(moment => moment.At).Order(), counted.Series.Select(moment => moment.At));
        Equal(
            byHelpScout.Select(stored => (Type: stored.EventType, At: resolution.BucketOf(stored.ReceivedAt), Events: 1L, Delivered: 0L))
                .Concat(delivered.Select(made => (Type: made.Event.EventType, At: resolution.BucketOf(made.Attempt.StartedAt), Events: 0L, Delivered: 1L)))
                .GroupBy(count => (count.Type, count.At))
                .Select(group => (group.Key, group.Sum(count => count.Events), group.Sum(count => count.Delivered))),
            counted.Types.SelectMany(type => counted.Series.Select((moment, index) => (
                (type.EventType!, moment.At), type.Events[index], type.Delivered[index])))
                .Where(count => count.Item2 + count.Item3 > 0));

        foreach (var endpoint in _endpoints)
        {
            await CheckEndpointAsync(endpoint.Id, window, attempts);
        }

        IEnumerable<Made> At(DateTimeOffset at) => attempts.Where(made => resolution.BucketOf(made.Attempt.StartedAt) == at);
    }

    private async Task CheckEndpointAsync(Guid endpoint, TimeSpan window, List<Made> attempts)
    {
        var resolution = StatisticsResolution.Of(window);
        var counted = await store.Statistics.ReadEndpointAsync(endpoint, _now - window, _now, Cancel);

        Assert.Equal(
            attempts.Where(made => made.Delivery.EndpointId == endpoint)
                .GroupBy(made => resolution.BucketOf(made.Attempt.StartedAt))
                .OrderBy(group => group.Key)
                .Select(group => (
                    group.Key, group.LongCount(), group.LongCount(made => made.Attempt.Result.Outcome is not AttemptOutcome.Delivered),
                    Latencies(group), Durations(group))),
            counted.Select(moment => (
                moment.At, moment.Attempts, moment.Failed, moment.DeliveryLatency.ToString(), moment.AttemptDuration.ToString())));
        Assert.All(counted, moment => Assert.Equal((0, 0), (moment.Events, moment.Delivered)));
    }

    private async Task<List<Made>> AttemptsAsync(Dictionary<Guid, StoredEvent> events, DateTimeOffset since)
    {
        var all = new List<Made>();
        foreach (var delivery in await store.DeliveriesAsync())
        {
            all.AddRange((await store.Deliveries.AttemptsAsync(delivery.Id, Cancel))
                .Select(attempt => new Made(events[delivery.EventId], delivery, attempt)));
        }

        return [.. all.Where(made => made.Attempt.StartedAt >= since && made.Attempt.StartedAt <= _now)];
    }

    private NewEvent Event() => Some.Event(
        Types[random.Next(Types.Length)],
        Some.Facts(Some.Conversation(random.Next(5))) with { State = random.Next(4) == 0 ? EventState.Unknown : EventState.Ok },
        source: random.Next(3) == 0 ? "second" : "default",
        receivedAt: _now.AddSeconds(-random.Next(10)));

    private WebhookEndpoint AnyEndpoint() => _endpoints[random.Next(_endpoints.Count)];

    private async Task AttemptAsync(IReadOnlyList<DeliveryLease> leases)
    {
        foreach (var lease in leases)
        {
            var state = (DeliveryState[])[DeliveryState.Delivered, DeliveryState.Delivered, DeliveryState.Pending, DeliveryState.DeadLettered];
            var settlement = lease.Settlement(state[random.Next(4)], startedAt: _now);
            var duration = TimeSpan.FromMicroseconds(Math.Truncate(100 * Math.Pow(2, random.NextDouble() * 18)));
            await store.At(_now).Queue.SettleAsync(settlement with { Result = settlement.Result with { Duration = duration } });
        }
    }

    private string Latencies(IEnumerable<Made> attempts) => Text(attempts
        .Where(made => made.Delivers && made.Delivery.Replay is null)
        .Where(made => made.Event.ReceivedAt >= _endpoints.Single(endpoint => endpoint.Id == made.Delivery.EndpointId).CreatedAt)
        .Select(made => made.Attempt.StartedAt + made.Attempt.Result.Duration - made.Event.ReceivedAt));

    private static string Durations(IEnumerable<Made> attempts) => Text(attempts.Select(made => made.Attempt.Result.Duration));

    private static string Text(IEnumerable<TimeSpan> durations)
    {
        var histogram = new LatencyHistogram();
        foreach (var duration in durations)
        {
            histogram.Add(duration);
        }

        return histogram.Summarize().ToString();
    }

    private static void Equal<T>(IEnumerable<T> expected, IEnumerable<T> actual) => Assert.Equal(expected.Order(), actual.Order());

    private sealed record Made(StoredEvent Event, Delivery Delivery, Attempt Attempt)
    {
        public bool Delivers => Delivery.State is DeliveryState.Delivered && Attempt.Number == Delivery.Attempts;
    }
}
