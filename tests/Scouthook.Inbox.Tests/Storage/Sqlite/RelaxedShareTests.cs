using Microsoft.Extensions.Time.Testing;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>How the writer divides its time between requests and everything that can wait.</summary>
public sealed class RelaxedShareTests
{
    private static readonly TimeSpan Unit = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly RelaxedShare _share;

    public RelaxedShareTests() => _share = new RelaxedShare(_time);

    [Fact]
    public void Relaxed_work_gets_all_the_time_while_no_events_are_stored()
    {
        for (var unit = 0; unit < 1_000; unit++)
        {
            Assert.Equal(TimeSpan.Zero, _share.Wait);
            _time.Advance(Unit);
            _share.Relaxed(Unit);
        }
    }

    [Fact]
    public void A_few_requests_at_a_time_do_not_make_relaxed_work_wait()
    {
        var used = RelaxedPartOf(seconds: 10, requests: 3);

        Assert.InRange(used, 0.95, 1);
    }

    [Fact]
    public void Relaxed_work_gets_a_tenth_of_the_time_while_dozens_of_requests_share_each_commit()
    {
        var used = RelaxedPartOf(seconds: 10, requests: 32);

        Assert.InRange(used, 0.08, 0.13);
    }

    [Fact]
    public void Relaxed_work_gets_all_the_time_again_soon_after_a_burst()
    {
        RelaxedPartOf(seconds: 10, requests: 32);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.InRange(RelaxedPartOf(seconds: 2, requests: 0), 0.95, 1);
    }

    [Fact]
    public void The_wait_ends_when_it_said_so()
    {
        RelaxedPartOf(seconds: 1, requests: 32);
        _share.Relaxed(TimeSpan.FromMilliseconds(20));
        var wait = _share.Wait;
        Assert.True(wait > TimeSpan.FromMilliseconds(20));

        _time.Advance(wait);

        Assert.Equal(TimeSpan.Zero, _share.Wait);
    }

    [Fact]
    public void A_clock_that_was_set_back_is_not_believed()
    {
        var clock = new SteppedClock();
        var share = new RelaxedShare(clock);
        share.Received(64);

        clock.Now = -TimeSpan.FromDays(3_650).Ticks;
        share.Relaxed(TimeSpan.FromMilliseconds(1));
        clock.Now += TimeSpan.FromSeconds(2).Ticks;

        Assert.Equal(TimeSpan.Zero, share.Wait);
    }

    /// <summary>Stores requests every ten milliseconds, and runs relaxed work whenever it is let.</summary>
    /// <returns>The part of the time that relaxed work got.</returns>
    private double RelaxedPartOf(int seconds, int requests)
    {
        var relaxed = TimeSpan.Zero;
        for (var slice = 0; slice < seconds * 100; slice++)
        {
            if (requests > 0)
            {
                _share.Received(requests);
            }

            for (var unit = 0; unit < 10; unit++)
            {
                var mayRun = _share.Wait == TimeSpan.Zero;
                _time.Advance(Unit);
                if (mayRun)
                {
                    _share.Relaxed(Unit);
                    relaxed += Unit;
                }
            }
        }

        return relaxed / TimeSpan.FromSeconds(seconds);
    }

    private sealed class SteppedClock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
