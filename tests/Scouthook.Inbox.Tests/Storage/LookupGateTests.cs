using Microsoft.Extensions.Time.Testing;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>Limits the number of concurrent lookups.</summary>
public sealed class LookupGateTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lookups_start_in_order_and_never_exceed_the_limit()
    {
        var gate = new LookupGate(() => 2, _time);
        var first = await gate.EnterAsync(Cancelled);
        var second = await gate.EnterAsync(Cancelled);
        var third = gate.EnterAsync(Cancelled);
        var fourth = gate.EnterAsync(Cancelled);
        Assert.False(third.IsCompleted);

        first.Dispose();
        first.Dispose();
        await third;

        Assert.False(fourth.IsCompleted);
        second.Dispose();
        await fourth;
    }

    [Fact]
    public async Task Lookup_that_waits_ten_seconds_is_rejected_and_uses_no_slot()
    {
        var gate = new LookupGate(() => 1, _time);
        var first = await gate.EnterAsync(Cancelled);
        var second = gate.EnterAsync(Cancelled);

        _time.Advance(LookupGate.MaxWait);

        await Assert.ThrowsAsync<LookupsBusyException>(() => second);
        first.Dispose();
        (await gate.EnterAsync(Cancelled)).Dispose();
    }

    [Fact]
    public async Task Canceled_caller_gives_its_place_to_the_next()
    {
        using var gone = new CancellationTokenSource();
        var gate = new LookupGate(() => 1, _time);
        var first = await gate.EnterAsync(Cancelled);
        var second = gate.EnterAsync(gone.Token);
        var third = gate.EnterAsync(Cancelled);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(third.IsCompleted);
        first.Dispose();
        await third;
    }
}
