using Scouthook.Handling;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Receiving;

public sealed class AppendQueueTests : IAsyncDisposable
{
    private readonly QueueSetup _setup = new();

    public ValueTask DisposeAsync() => _setup.DisposeAsync();

    [Fact]
    public async Task Requests_that_arrive_during_a_commit_form_the_next_batch()
    {
        await _setup.StartAsync();
        var first = _setup.ReceiveAsync("a");
        var commit = await _setup.Inbox.NextAsync();
        Task<ReceiveOutcome>[] others = [_setup.ReceiveAsync("b"), _setup.ReceiveAsync("c"), _setup.ReceiveAsync("d")];

        Assert.Equal(["a"], commit.Names);
        Assert.False(first.IsCompleted);
        commit.Succeed();
        Assert.Equal(ReceiveOutcome.Kept, await first.InTime());

        var next = await _setup.Inbox.NextAsync();
        Assert.Equal(["b", "c", "d"], next.Names);
        Assert.DoesNotContain(others, it => it.IsCompleted);
        next.Succeed();
        Assert.All(await Task.WhenAll(others).InTime(), outcome => Assert.Equal(ReceiveOutcome.Kept, outcome));
    }

    [Fact]
    public async Task Batch_is_bounded_in_number()
    {
        Task<ReceiveOutcome>[] all = [.. Enumerable.Range(0, 600).Select(_ => _setup.ReceiveAsync("a"))];
        await _setup.StartAsync();

        var first = await _setup.Inbox.NextAsync();
        first.Succeed();
        var second = await _setup.Inbox.NextAsync();
        second.Succeed();

        Assert.Equal((512, 88), (first.Batch.Count, second.Batch.Count));
        Assert.All(await Task.WhenAll(all).InTime(), outcome => Assert.Equal(ReceiveOutcome.Kept, outcome));
    }

    [Fact]
    public async Task Batch_is_bounded_in_bytes()
    {
        Task<ReceiveOutcome>[] all = [.. Enumerable.Range(0, 4).Select(_ => _setup.ReceiveAsync("a", size: 9 * 1024 * 1024))];
        await _setup.StartAsync();

        var first = await _setup.Inbox.NextAsync();
        first.Succeed();
        var second = await _setup.Inbox.NextAsync();
        second.Succeed();

        Assert.Equal((2, 2), (first.Batch.Count, second.Batch.Count));
        await Task.WhenAll(all).InTime();
    }

    [Fact]
    public async Task Abandoned_request_is_not_stored_unless_it_is_in_a_batch()
    {
        await _setup.StartAsync();
        using var takenOwner = new CountedOwner();
        using var waitingOwner = new CountedOwner();
        var taken = _setup.ReceiveAsync("taken", takenOwner);
        var commit = await _setup.Inbox.NextAsync();
        var waiting = _setup.ReceiveAsync("waiting", waitingOwner);

        _setup.Clock.Advance(TimeSpan.FromSeconds(5));
        ReceiveOutcome[] outcomes = await Task.WhenAll(taken, waiting).InTime();
        var later = _setup.ReceiveAsync("later");
        Assert.Equal((0, 0), (takenOwner.Disposed, waitingOwner.Disposed));
        commit.Succeed();
        var next = await _setup.Inbox.NextAsync();

        Assert.All(outcomes, outcome => Assert.NotNull(outcome.RetryAfter));
        Assert.Equal(["taken"], commit.Names);
        Assert.Equal(["later"], next.Names);
        Assert.Equal((1, 1), (takenOwner.Disposed, waitingOwner.Disposed));
        next.Succeed();
        Assert.Equal(ReceiveOutcome.Kept, await later.InTime());
    }

    [Fact]
    public async Task Commit_just_before_the_timeout_still_counts()
    {
        await _setup.StartAsync();
        var sent = _setup.ReceiveAsync("a");
        var commit = await _setup.Inbox.NextAsync();

        _setup.Clock.Advance(TimeSpan.FromSeconds(4.999));
        Assert.False(sent.IsCompleted);
        commit.Succeed();

        Assert.Equal(ReceiveOutcome.Kept, await sent.InTime());
    }

    [Fact]
    public async Task Sender_that_disconnects_only_stops_waiting()
    {
        await _setup.StartAsync();
        using var owner = new CountedOwner();
        using var gone = new CancellationTokenSource();
        var blocking = _setup.ReceiveAsync("blocking");
        var commit = await _setup.Inbox.NextAsync();
        var sent = _setup.ReceiveUntilAsync("sent", owner, 10, gone.Token);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent.InTime());
        commit.Succeed();
        var next = await _setup.Inbox.NextAsync();

        Assert.Equal(["sent"], next.Names);
        Assert.Equal(0, owner.Disposed);
        Assert.Equal(10, next.Batch[0].Body.Length);
        next.Succeed();
        await blocking.InTime();
        await _setup.Queue.StopAsync(CancellationToken.None).InTime();
        Assert.Equal(1, owner.Disposed);
    }

    [Fact]
    public async Task Buffer_is_returned_exactly_once_whatever_happens()
    {
        await _setup.StartAsync();
        CountedOwner[] owners = [.. Enumerable.Range(0, 4).Select(_ => new CountedOwner())];

        var kept = _setup.ReceiveAsync("kept", owners[0]);
        (await _setup.Inbox.NextAsync()).Succeed();
        await kept.InTime();
        var unavailable = _setup.ReceiveAsync("unavailable", owners[1]);
        (await _setup.Inbox.NextAsync()).Fail(new InboxUnavailableException("full"));
        await unavailable.InTime();
        var failed = _setup.ReceiveAsync("failed", owners[2]);
        (await _setup.Inbox.NextAsync()).Fail(new InvalidOperationException("bug"));
        await failed.InTime();
        await _setup.Queue.StopAsync(CancellationToken.None).InTime();
        await _setup.ReceiveAsync("late", owners[3]).InTime();

        Assert.All(owners, owner => Assert.Equal(1, owner.Disposed));
    }

    [Fact]
    public async Task Event_that_cannot_be_stored_does_not_fail_its_batch()
    {
        Task<ReceiveOutcome>[] all = [.. ((string[])["a", "bad", "c"]).Select(name => _setup.ReceiveAsync(name))];
        await _setup.StartAsync();

        var together = await _setup.Inbox.NextAsync();
        together.Fail(new InvalidOperationException("one of them"));
        var alone = new List<string>();
        for (var number = 0; number < 3; number++)
        {
            var commit = await _setup.Inbox.NextAsync();
            alone.Add(Assert.Single(commit.Names));
            if (alone[^1] == "bad")
            {
                commit.Fail(new InvalidOperationException("this one"));
            }
            else
            {
                commit.Succeed();
            }
        }

        var outcomes = await Task.WhenAll(all).InTime();
        Assert.Equal(["a", "bad", "c"], together.Names);
        Assert.Equal(["a", "bad", "c"], alone);
        Assert.Equal([true, false, true], outcomes.Select(outcome => outcome.IsKept));
        Assert.NotNull(outcomes[1].RetryAfter);
        await Eventually.TrueAsync(
            () => Task.FromResult(_setup.Log.Entries.Count(it => it.Id is 4002 or 4003) == 2), "both were logged");
    }

    [Fact]
    public async Task Unavailable_store_rejects_the_batch_and_accepts_the_next()
    {
        Task<ReceiveOutcome>[] all = [.. Enumerable.Range(0, 5).Select(_ => _setup.ReceiveAsync("a"))];
        await _setup.StartAsync();

        (await _setup.Inbox.NextAsync()).Fail(new InboxUnavailableException("the disk is full"));
        var outcomes = await Task.WhenAll(all).InTime();
        var next = _setup.ReceiveAsync("b");
        (await _setup.Inbox.NextAsync()).Succeed();

        Assert.All(outcomes, outcome => Assert.True(outcome.RetryAfter > TimeSpan.Zero));
        Assert.Equal(ReceiveOutcome.Kept, await next.InTime());
        await Eventually.TrueAsync(
            () => Task.FromResult(_setup.Log.Entries.Any(
                it => it.Id == 4001 && it.Text.Contains("the disk is full", StringComparison.Ordinal))),
            "the reason was logged");
    }

    [Fact]
    public async Task Stopping_commits_accepted_requests_and_rejects_new_ones()
    {
        await _setup.StartAsync();
        var first = _setup.ReceiveAsync("first");
        var commit = await _setup.Inbox.NextAsync();
        var second = _setup.ReceiveAsync("second");

        var stopping = _setup.Queue.StopAsync(CancellationToken.None);
        var late = await _setup.ReceiveAsync("late").InTime();
        Assert.False(stopping.IsCompleted);
        commit.Succeed();
        var last = await _setup.Inbox.NextAsync();
        Assert.False(stopping.IsCompleted);
        last.Succeed();
        await stopping.InTime();

        Assert.NotNull(late.RetryAfter);
        Assert.Equal(["second"], last.Names);
        Assert.Equal(ReceiveOutcome.Kept, await first.InTime());
        Assert.Equal(ReceiveOutcome.Kept, await second.InTime());
        Assert.False(_setup.Inbox.HasNext);
    }

    [Fact]
    public async Task Stopping_waits_no_longer_than_its_timeout()
    {
        await _setup.StartAsync();
        _ = _setup.ReceiveAsync("stuck");
        var commit = await _setup.Inbox.NextAsync();
        using var enough = new CancellationTokenSource();

        var stopping = _setup.Queue.StopAsync(enough.Token);
        await enough.CancelAsync();
        await stopping.InTime();

        commit.Succeed();
    }
}
