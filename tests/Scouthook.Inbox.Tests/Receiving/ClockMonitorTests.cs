using System.Text.Json.Nodes;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Receiving;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Receiving;

public sealed class ClockMonitorTests : IDisposable
{
    private readonly AlarmTime _clock = new();
    private readonly FakeInbox _inbox = new();
    private readonly LogCapture<ClockMonitor> _log = new();
    private readonly StoreClock _store;
    private readonly ClockMonitor _monitor;
    private readonly Stored _stored = new();

    public ClockMonitorTests()
    {
        _store = new StoreClock(_clock);
        _monitor = new ClockMonitor(_inbox, _stored, _store, _clock, _log);
    }

    public void Dispose() => _monitor.Dispose();

    [Fact]
    public async Task Clock_behind_the_store_is_logged_once_and_raised_until_it_is_stored()
    {
        _stored.Clock = new StoredClock(Some.Instant.AddDays(30), null);
        await _monitor.StartAsync(CancellationToken.None);

        (await _inbox.NextAsync()).Fail(new InboxUnavailableException("full"));
        await _clock.ReachAsync(Some.Instant.AddSeconds(1));
        var commit = await _inbox.NextAsync();
        commit.Succeed();

        var raised = Assert.Single(commit.Batch);
        Assert.Equal((OperationalEvent.ClockJumped, OperationalEvent.Source), (raised.EventType, raised.Source));
        var body = JsonNode.Parse(raised.Body.Span)!;
        Assert.Equal((-30 * 86_400d, true), ((double)body["seconds"]!, (bool)body["atStart"]!));
        Assert.Single(_log.Entries, it => it.Id == 4021);
    }

    [Fact]
    public async Task Store_that_cannot_be_read_at_startup_is_read_again()
    {
        _stored.Failures = 1;
        await _monitor.StartAsync(CancellationToken.None);

        await _clock.ReachAsync(Some.Instant.AddSeconds(1));

        await Eventually.TrueAsync(() => Task.FromResult(_store.Age is not null), "the age clock is known");
        Assert.Contains(_log.Entries, it => it.Id == 4022);
    }

    private sealed class Stored : IClockStore
    {
        public StoredClock Clock { get; set; } = new(null, null);

        public int Failures { get; set; }

        public Task<StoredClock> ReadAsync(CancellationToken cancellationToken) =>
            Failures-- > 0 ? throw new InboxUnavailableException("away") : Task.FromResult(Clock);
    }
}
