using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>Retry delays and leases when the wall clock is changed.</summary>
public sealed class SqliteClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(28.8);

    private readonly TwoClocks _time = new();
    private SqliteHarness _store = null!;
    private WebhookEndpoint _endpoint = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteHarness.CreateAsync(TimeSpan.FromHours(48), _time);
        _store.Writer.Clock.Start(new StoredClock(null, null));
        _endpoint = await _store.CreateAsync();
        await _store.AppendAsync(1);
        await _store.DispatchAllAsync(Now);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Clock_set_ahead_makes_nothing_due()
    {
        await FailAsync();

        _time.Jump(Year);

        Assert.Empty(await _store.LeaseAsync(_endpoint, Now));
        Assert.Empty(await _store.At(Now).Queue.FindDueAsync(Cancel));
        Assert.Equal(Now + FiveMinutes, Assert.Single(await _store.DeliveriesAsync()).NextAttemptAt);
        _time.Pass(FiveMinutes);
        Assert.Single(await _store.LeaseAsync(_endpoint, Now));
    }

    [Theory]
    [InlineData(365)]
    [InlineData(-365)]
    public async Task Attempt_that_failed_while_the_clock_was_wrong_is_retried_on_time(int days)
    {
        _time.Jump(TimeSpan.FromDays(days));
        await FailAsync();
        _time.Jump(TimeSpan.FromDays(-days));

        _time.Pass(FiveMinutes - TimeSpan.FromSeconds(1));
        Assert.Empty(await _store.LeaseAsync(_endpoint, Now));
        _time.Pass(TimeSpan.FromSeconds(1));

        Assert.Single(await _store.LeaseAsync(_endpoint, Now));
    }

    [Theory]
    [InlineData(365)]
    [InlineData(-365)]
    public async Task New_deliveries_are_due_at_once_whatever_the_clock_shows(int days)
    {
        _time.Jump(TimeSpan.FromDays(days));
        await _store.AppendAsync(2, receivedAt: Now);
        await _store.DispatchAllAsync(Now);

        Assert.Equal(2, (await _store.LeaseAsync(_endpoint, Now)).Count);
    }

    [Fact]
    public async Task Due_time_stored_while_the_clock_was_wrong_is_corrected_by_the_next_process()
    {
        // A process that started with the wrong clock.
        _time.Jump(Year);
        await _store.ReopenAsync();
        await FailAsync();
        _time.Jump(-Year);
        await _store.ReopenAsync();
        Assert.Empty(await _store.LeaseAsync(_endpoint, Now));

        Assert.Equal(1, await _store.At(Now).Queue.PullBackAsync(Longest, Cancel));

        Assert.Single(await _store.LeaseAsync(_endpoint, Now));
    }

    [Fact]
    public async Task Due_times_within_bounds_are_kept_when_others_are_corrected()
    {
        await FailAsync(Longest);

        Assert.Equal(0, await _store.At(Now).Queue.PullBackAsync(Longest, Cancel));
        Assert.Equal(1, await _store.At(Now).Queue.PullBackAsync(Longest - TimeSpan.FromSeconds(1), Cancel));
    }

    [Fact]
    public async Task Leases_survive_a_clock_set_forward_and_are_not_stranded_by_one_set_back()
    {
        Assert.Single(await _store.LeaseAsync(_endpoint, Now));
        _time.Jump(Year);
        Assert.Equal(0, await _store.At(Now).Queue.ExpireLeasesAsync());

        _time.Jump(-2 * Year);
        Assert.Equal(0, await _store.At(Now).Queue.ExpireLeasesAsync());
        _time.Pass(TimeSpan.FromSeconds(45));

        Assert.Equal(1, await _store.At(Now).Queue.ExpireLeasesAsync());
    }

    [Fact]
    public async Task All_pending_deliveries_can_be_made_due_at_once()
    {
        await _store.AppendAsync(2);
        await _store.DispatchAllAsync(Now);
        await FailAsync();
        await FailAsync();
        Assert.Empty(await _store.LeaseAsync(_endpoint, Now));

        _time.Jump(-Year);
        await _store.At(Now).Endpoints.RetryAsync(_endpoint.Id);

        Assert.Equal([1, 2], (await _store.LeaseAsync(_endpoint, Now)).Select(it => it.Event.Sequence));
    }

    [Fact]
    public async Task Failures_around_a_clock_jump_do_not_count_as_five_days()
    {
        for (var failure = 0; failure < 6; failure++)
        {
            await FailAsync(TimeSpan.Zero);
            _time.Pass(TimeSpan.FromSeconds(2));
        }

        _time.Jump(Year);
        await FailAsync(TimeSpan.Zero);
        _time.Pass(TimeSpan.FromSeconds(8));
        await FailAsync(TimeSpan.Zero);
        Assert.Equal(EndpointState.Enabled, (await _store.FindAsync(_endpoint)).State);

        // Five real days of failures still count, even if they began before the jump.
        var hours = 0;
        for (; (await _store.FindAsync(_endpoint)).State is EndpointState.Enabled; hours++)
        {
            await FailAsync(TimeSpan.Zero);
            _time.Pass(TimeSpan.FromHours(1));
        }

        Assert.InRange(hours, 24 * 5 - 1, 24 * 5 + 2);
    }

    private async Task FailAsync(TimeSpan? again = null)
    {
        var lease = (await _store.LeaseAsync(_endpoint, Now, most: 1))[0];
        await _store.SettleAsync(lease, DeliveryState.Pending, Now, again ?? FiveMinutes);
    }
}
