using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests;

public sealed class PeriodicServiceTests
{
    private readonly AlarmTime _clock = new();
    private readonly LogCapture<PeriodicServiceTests> _log = new();

    [Fact]
    public async Task Work_that_throws_is_retried_with_a_doubling_delay_up_to_its_period()
    {
        using var work = new Work(_clock, _log, TimeSpan.FromSeconds(5));
        work.Throw(new InvalidOperationException(), new IOException(), new TimeoutException(), new TaskCanceledException());
        await work.StartAsync(CancellationToken.None);

        var at = Some.Instant;
        foreach (var pause in new[] { 1, 2, 4, 5, 5 })
        {
            at = at.AddSeconds(pause);
            await _clock.ReachAsync(at);
        }

        await Eventually.TrueAsync(() => Task.FromResult(work.Runs >= 6), "the work continues");
        Assert.False(work.ExecuteTask!.IsCompleted);
        await work.StopAsync(CancellationToken.None);
        Assert.True(work.ExecuteTask.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Urgent_work_that_throws_is_retried_every_second()
    {
        using var work = new Work(_clock, _log, TimeSpan.FromSeconds(5)) { Urgent = true };
        work.Throw([.. Enumerable.Range(0, 4).Select(_ => new IOException())]);
        await work.StartAsync(CancellationToken.None);

        for (var second = 1; second <= 4; second++)
        {
            await _clock.ReachAsync(Some.Instant.AddSeconds(second));
        }

        await Eventually.TrueAsync(() => Task.FromResult(work.Runs == 5), "the work continues");
        await work.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Lasting_failure_is_logged_once_a_minute_and_so_is_its_end()
    {
        using var work = new Work(_clock, _log, TimeSpan.FromSeconds(1));
        work.Throw([.. Enumerable.Range(0, 90).Select(_ => new IOException())]);
        await work.StartAsync(CancellationToken.None);
        for (var second = 1; second <= 90; second++)
        {
            await _clock.ReachAsync(Some.Instant.AddSeconds(second));
        }

        await Eventually.TrueAsync(() => Task.FromResult(_log.Entries.Any(it => it.Id == 4023)), "the end is logged");
        Assert.Equal(2, work.Postponed);
        await work.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Work_of_the_leader_is_skipped_while_another_node_leads()
    {
        var leadership = new Leadership();
        using var work = new Work(_clock, _log, TimeSpan.FromSeconds(1), leadership);
        await work.StartAsync(CancellationToken.None);
        await _clock.ReachAsync(Some.Instant.AddSeconds(1));
        await _clock.ReachAsync(Some.Instant.AddSeconds(2));
        await _clock.SetForAsync(Some.Instant.AddSeconds(3));
        Assert.Equal(0, work.Runs);

        leadership.IsLeader = true;
        await _clock.ReachAsync(Some.Instant.AddSeconds(3));

        await Eventually.TrueAsync(() => Task.FromResult(work.Runs == 1), "the work runs");
        await work.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Cancellation_ends_it_without_an_error()
    {
        using var work = new Work(_clock, _log, TimeSpan.FromHours(1)) { Endless = true };
        await work.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => Task.FromResult(work.Runs == 1), "the work runs");

        await work.StopAsync(CancellationToken.None).InTime();

        Assert.True(work.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal(0, work.Postponed);
        Assert.True(work.HasEnded);
    }

    private sealed class Work(TimeProvider time, ILogger logger, TimeSpan period, ILeadership? leadership = null)
        : PeriodicService(period, time, logger, leadership: leadership)
    {
        private readonly Queue<Exception> _thrown = new();
        private int _runs;
        private int _postponed;

        public bool Endless { get; init; }

        public bool Urgent { get; init; }

        public int Runs => Volatile.Read(ref _runs);

        public int Postponed => Volatile.Read(ref _postponed);

        public bool HasEnded { get; private set; }

        protected override bool IsUrgent => Urgent;

        public void Throw(params Exception[] exceptions) => Array.ForEach(exceptions, _thrown.Enqueue);

        protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
        {
            Interlocked.Increment(ref _runs);
            await Task.Delay(Endless ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, TimeProvider.System, stoppingToken);
            return _thrown.TryDequeue(out var exception) ? throw exception : false;
        }

        protected override void LogPostponed(Exception exception)
        {
            Interlocked.Increment(ref _postponed);
            throw new InvalidOperationException("A log that fails.");
        }

        protected override Task EndAsync()
        {
            HasEnded = true;
            return Task.CompletedTask;
        }
    }

    private sealed class Leadership : ILeadership
    {
        private volatile bool _isLeader;

        public bool IsLeader
        {
            get => _isLeader;
            set => _isLeader = value;
        }
    }
}
