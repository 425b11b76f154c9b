using System.Threading.Channels;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Retention;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Receiving;

public sealed class DeduplicationKeyCleanupTests : IDisposable
{
    private readonly AlarmTime _clock = new();
    private readonly StoreClock _age;
    private readonly Channel<DateTimeOffset> _asked = Channel.CreateUnbounded<DateTimeOffset>();
    private readonly Queue<Func<bool>> _answers = new();
    private readonly LogCapture<DeduplicationKeyCleanup> _log = new();
    private readonly DeduplicationKeyCleanup _upkeep;

    public DeduplicationKeyCleanupTests()
    {
        _age = new StoreClock(_clock);
        _upkeep = new DeduplicationKeyCleanup(new ScriptedStore(_asked.Writer, _answers), new SoleNode(), _age, _clock, _log);
    }

    public void Dispose() => _upkeep.Dispose();

    [Fact]
    public async Task Keys_are_deleted_every_minute_until_none_is_left()
    {
        _age.Start(new StoredClock(null, null));
        _answers.Enqueue(() => true);
        _answers.Enqueue(() => true);
        await _upkeep.StartAsync(CancellationToken.None);

        await ReachAsync(1);
        DateTimeOffset[] first = [await AskedAsync(), await AskedAsync(), await AskedAsync()];
        await ReachAsync(2);

        Assert.All(first, age => Assert.Equal(Some.Instant.AddMinutes(1), age));
        Assert.Equal(Some.Instant.AddMinutes(2), await AskedAsync());
    }

    [Fact]
    public async Task Age_clock_decides_which_keys_are_old()
    {
        _age.Start(new StoredClock(Some.Instant.AddDays(-60), null));
        await _upkeep.StartAsync(CancellationToken.None);

        await ReachAsync(1);

        Assert.Equal(Some.Instant.AddDays(-60).AddMinutes(24), await AskedAsync());
    }

    [Fact]
    public async Task Nothing_is_deleted_while_the_age_clock_is_unknown()
    {
        await _upkeep.StartAsync(CancellationToken.None);
        await ReachAsync(1);
        await ReachAsync(2);
        _age.Start(new StoredClock(null, null));

        await ReachAsync(3);

        Assert.InRange(await AskedAsync(), Some.Instant.AddMinutes(2), Some.Instant.AddMinutes(3));
    }

    [Theory]
    [InlineData(false, 4007)]
    [InlineData(true, 4024)]
    public async Task Failure_of_any_kind_is_logged_and_the_work_is_retried(bool isUnexpected, int logged)
    {
        _age.Start(new StoredClock(null, null));
        _answers.Enqueue(() => throw (isUnexpected
            ? new InvalidOperationException("any")
            : new InboxUnavailableException("full")));
        await _upkeep.StartAsync(CancellationToken.None);

        await ReachAsync(1);
        await AskedAsync();
        await _clock.ReachAsync(Some.Instant.AddSeconds(61));
        await AskedAsync();

        Assert.Contains(_log.Entries, it => it.Id == logged);
    }

    private Task<DateTimeOffset> AskedAsync() =>
        _asked.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();

    private Task ReachAsync(int minutes) => _clock.ReachAsync(Some.Instant.AddMinutes(minutes));

    private sealed class ScriptedStore(ChannelWriter<DateTimeOffset> asked, Queue<Func<bool>> answers) : IRetentionStore
    {
        public Task<StepOutcome> RemoveAsync(DateTimeOffset age, TimeSpan events, TimeSpan deadLetters) =>
            Task.FromResult(StepOutcome.Finished);

        public async Task<StepOutcome> ForgetKeysAsync(DateTimeOffset age)
        {
            await asked.WriteAsync(age);
            return answers.TryDequeue(out var answer) && answer() ? StepOutcome.MoreToDo : StepOutcome.Finished;
        }
    }
}
