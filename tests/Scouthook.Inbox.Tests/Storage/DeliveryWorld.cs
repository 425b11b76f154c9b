using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>
/// Runs random steps on a store with one endpoint, and compares it with an oracle that tracks the state of each delivery.
/// </summary>
internal sealed class DeliveryWorld(StoreHarness store, WebhookEndpoint endpoint)
{
    private readonly List<DeliveryLease> _leases = [];
    private readonly List<DeliveryLease> _lost = [];

    /// <summary>The expected state of each delivery, by its position.</summary>
    private readonly SortedDictionary<long, Expected> _expected = [];

    private readonly Dictionary<Guid, long> _places = [];
    private DateTimeOffset _now = Some.Instant;
    private int _failures;
    private DateTimeOffset _failingSince;
    private DateTimeOffset _lastFailedAt;

    private bool IsOrdered => endpoint.Definition.Ordering is not EndpointOrdering.None;

    private bool IsStrict => endpoint.Definition.Ordering is EndpointOrdering.Strict;

    public async Task StepAsync(int step, int number)
    {
        _now = _now.AddSeconds(1);
        switch (step)
        {
            case 0 or 1:
                await store.AppendAsync(number % 3, receivedAt: _now);
                break;
            case 2 or 3:
                await store.At(_now).Dispatching.DispatchAsync();
                await LearnAsync();
                break;
            case 4 or 5:
                await LeaseAsync(1 + (number % 3));
                break;
            case 6:
                await SettleAsync(number, DeliveryState.Delivered);
                break;
            case 7:
                await SettleAsync(number, DeliveryState.Pending);
                break;
            case 8 or 9:
                await SettleAsync(number, DeliveryState.DeadLettered);
                break;
            case 10:
                await EndLeasesAsync(number);
                break;
            case 11:
                await ReopenAsync(number, isRetry: true);
                break;
            case 12:
                await ReopenAsync(number, isRetry: false);
                break;
            default:
                await ReplayAsync();
                break;
        }
    }

    /// <summary>Delivers everything left, and discards dead letters that block others.</summary>
    public async Task DrainAsync()
    {
        await store.DispatchAllAsync(_now);
        await LearnAsync();

        // After a day, whether a store recovers all leases or only those that have expired.
        _now = _now.AddDays(1);
        await store.At(_now).Queue.RecoverAsync();
        foreach (var lease in _leases)
        {
            _expected[_places[lease.DeliveryId]].State = DeliveryState.Pending;
        }

        _leases.Clear();
        foreach (var (_, expected) in _expected.Where(it => it.Value.Stands).ToList())
        {
            Assert.Equal(DeliveryChangeOutcome.Done, await store.At(_now).Replays.DiscardAsync(expected.Id));
            expected.State = DeliveryState.Discarded;
        }

        for (var isMore = true; isMore;)
        {
            isMore = await LeaseAsync(3);
            while (_leases.Count > 0)
            {
                await SettleAsync(0, DeliveryState.Delivered);
            }
        }

        var events = (await store.AllAsync()).Select(it => it.Id);
        Assert.All(_expected.Values, it => Assert.NotEqual(DeliveryState.Pending, it.State));
        Assert.Equal(events.Order(), _expected.Values.Where(it => !it.IsReplay).Select(it => it.EventId).Order());
        foreach (var delivery in await store.DeliveriesAsync(endpoint))
        {
            Assert.Equal(_expected[_places[delivery.Id]].State, delivery.State);
        }
    }

    private async Task LearnAsync()
    {
        var conversations = (await store.AllAsync()).ToDictionary(it => it.Id, it => it.Facts.OrdersWith?.Id ?? "");
        foreach (var (place, delivery) in (await store.DeliveriesAsync(endpoint)).Index())
        {
            if (_places.TryAdd(delivery.Id, place))
            {
                _expected.Add(
                    place,
                    new Expected(delivery.Id, delivery.EventId, conversations[delivery.EventId], delivery.Replay is not null));
            }

            Assert.True(_places[delivery.Id] == place, "added before others");
        }
    }

    private async Task<bool> LeaseAsync(int most)
    {
        var due = Due().Take(most).Select(it => it.Key).ToList();
        var leases = await store.LeaseAsync(endpoint, _now, most);
        Assert.Equal(due.Count, leases.Count);
        foreach (var lease in leases)
        {
            Assert.Contains(_places[lease.DeliveryId], Due().Select(it => it.Key));
            _expected[_places[lease.DeliveryId]].State = DeliveryState.Leased;
            _leases.Add(lease);
        }

        return leases.Count > 0;
    }

    /// <summary>
    /// The deliveries that may be leased: due, first of their resource among those that block, and with none of the
    /// resource leased.
    /// </summary>
    private IEnumerable<KeyValuePair<long, Expected>> Due() => _expected.Where(it =>
        it.Value.State is DeliveryState.Pending
        && it.Value.DueAt <= _now
        && (!IsOrdered || !_expected.Any(other => other.Key != it.Key
            && other.Value.Resource == it.Value.Resource
            && (other.Value.State is DeliveryState.Leased
                || (other.Key < it.Key && (other.Value.State is DeliveryState.Pending || (IsStrict && other.Value.Stands)))))));

    private async Task SettleAsync(int number, DeliveryState state)
    {
        if (_lost.Count > 0 && number % 5 == 0)
        {
            Assert.Equal(SettleOutcome.LeaseExpired, await store.At(_now).Queue.SettleAsync(_lost[number % _lost.Count].Settlement(state)));
        }

        if (_leases.Count == 0)
        {
            return;
        }

        var lease = _leases[number % _leases.Count];
        _leases.Remove(lease);
        Assert.Equal(SettleOutcome.Settled, await store.At(_now).Queue.SettleAsync(lease.Settlement(state)));
        _expected[_places[lease.DeliveryId]].State = state;
        _expected[_places[lease.DeliveryId]].DueAt = _now.AddSeconds(5);
        NoteHealth(state is DeliveryState.Delivered);
    }

    /// <summary>
    /// The first success of an endpoint that was down makes all waiting deliveries due.
    /// </summary>
    private void NoteHealth(bool isSuccess)
    {
        if (!isSuccess)
        {
            _failingSince = _failures == 0 ? _now : _failingSince;
            _lastFailedAt = _now;
            _failures++;
            return;
        }

        if (_failures >= 5 && _lastFailedAt - _failingSince >= TimeSpan.FromSeconds(10))
        {
            foreach (var waiting in _expected.Values.Where(it => it.State is DeliveryState.Pending && it.DueAt > _now))
            {
                waiting.DueAt = _now;
            }
        }

        _failures = 0;
    }

    private async Task EndLeasesAsync(int number)
    {
        if (number % 2 == 0 && _leases.Count > 0)
        {
            var released = _leases[number % _leases.Count];
            await store.At(_now).Queue.ReleaseAsync(released);
            _expected[_places[released.DeliveryId]].State = DeliveryState.Pending;
            _lost.Add(released);
            _leases.Remove(released);
            return;
        }

        _now = _now.AddMinutes(1);
        Assert.Equal(_leases.Count, await store.At(_now).Queue.ExpireLeasesAsync());
        _leases.ForEach(lease => _expected[_places[lease.DeliveryId]].State = DeliveryState.Pending);
        _lost.AddRange(_leases);
        _leases.Clear();
    }

    private async Task ReopenAsync(int number, bool isRetry)
    {
        var standing = _expected.Values.Where(it => it.Stands).ToList();
        if (standing.Count == 0)
        {
            return;
        }

        var chosen = standing[number % standing.Count];
        Assert.Equal(DeliveryChangeOutcome.Done, isRetry
            ? await store.At(_now).Replays.RetryAsync(chosen.Id)
            : await store.At(_now).Replays.DiscardAsync(chosen.Id));
        chosen.State = isRetry ? DeliveryState.Pending : DeliveryState.Discarded;
        chosen.DueAt = _now;
    }

    private async Task ReplayAsync()
    {
        await store.At(_now).Replays.CreateAsync(new ReplayRequest { DeadLetters = true, EndpointId = endpoint.Id });
        while (await store.At(_now).Replays.StepAsync() is StepOutcome.MoreToDo)
        {
        }

        foreach (var expected in _expected.Values.Where(it => it.Stands))
        {
            expected.IsReplaced = true;
        }

        await LearnAsync();
    }

    private sealed class Expected(Guid id, Guid eventId, string resource, bool isReplay)
    {
        public Guid Id => id;

        public Guid EventId => eventId;

        public string Resource => resource;

        public bool IsReplay => isReplay;

        public DeliveryState State { get; set; }

        public DateTimeOffset DueAt { get; set; } = DateTimeOffset.MinValue;

        public bool IsReplaced { get; set; }

        /// <summary>True if it is a dead letter that has not been handled.</summary>
        public bool Stands => State is DeliveryState.DeadLettered && !IsReplaced;
    }
}
