using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Inbox.Receiving;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Receiving;

public sealed class KeyUpkeepTests : IDisposable
{
    private readonly TimerClock _clock = new();
    private readonly Channel<DateTimeOffset> _asked = Channel.CreateUnbounded<DateTimeOffset>();
    private readonly Queue<Func<bool>> _answers = new();
    private readonly LogCapture<KeyUpkeep> _log = new();
    private readonly KeyUpkeep _upkeep;

    public KeyUpkeepTests()
    {
        var inbox = new FakeInbox
        {
            Forgetting = async now =>
            {
                await _asked.Writer.WriteAsync(now);
                return _answers.TryDequeue(out var answer) && answer();
            },
        };
        _upkeep = new KeyUpkeep(inbox, _clock, _log);
    }

    public void Dispose() => _upkeep.Dispose();

    [Fact]
    public async Task Keys_are_forgotten_every_minute_until_none_is_left()
    {
        _answers.Enqueue(() => true);
        _answers.Enqueue(() => true);
        await _upkeep.StartAsync(CancellationToken.None);
        await _clock.Started.InTime();

        PassMinute();
        DateTimeOffset[] first = [await AskedAsync(), await AskedAsync(), await AskedAsync()];
        PassMinute();

        Assert.All(first, now => Assert.Equal(Some.Instant.AddMinutes(1), now));
        Assert.Equal(Some.Instant.AddMinutes(2), await AskedAsync());
    }

    [Fact]
    public async Task Store_that_is_unavailable_is_asked_again_a_minute_later()
    {
        _answers.Enqueue(() => throw new InboxUnavailableException("full"));
        await _upkeep.StartAsync(CancellationToken.None);
        await _clock.Started.InTime();

        PassMinute();
        await AskedAsync();
        PassMinute();
        await AskedAsync();

        Assert.Contains(_log.Entries, it => it.Id == 4007);
    }

    private Task<DateTimeOffset> AskedAsync() =>
        _asked.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();

    /// <summary>Lets a minute pass; a tick that comes while the one before is being handled is kept by the timer.</summary>
    private void PassMinute() => _clock.Advance(TimeSpan.FromMinutes(1));

    /// <summary>Tells when the timer runs: before that, time that passes is not noticed.</summary>
    private sealed class TimerClock() : FakeTimeProvider(Some.Instant)
    {
        private readonly TaskCompletionSource _started = new();

        public Task Started => _started.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _started.TrySetResult();
            return timer;
        }
    }
}
