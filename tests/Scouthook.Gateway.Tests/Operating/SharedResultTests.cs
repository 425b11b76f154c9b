using Scouthook.Management.Services;

namespace Scouthook.Gateway.Tests.Operating;

/// <summary>Callers within a period share one result.</summary>
public sealed class SharedResultTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_callers_and_those_within_the_period_share_one_result()
    {
        var made = 0;
        var release = new TaskCompletionSource();
        var shared = new SharedResult<int>(
            async () =>
            {
                Interlocked.Increment(ref made);
                await release.Task;
                return made;
            },
            TimeSpan.FromHours(1),
            TimeProvider.System);

        var asked = Enumerable.Range(0, 300).Select(_ => shared.GetAsync(Cancelled)).ToList();
        release.SetResult();

        Assert.All(await Task.WhenAll(asked), result => Assert.Equal(1, result));
        Assert.Equal(1, await shared.GetAsync(Cancelled));
    }

    [Fact]
    public async Task Failure_is_not_cached_and_a_canceled_caller_cancels_no_other()
    {
        var made = 0;
        var shared = new SharedResult<int>(
            () => ++made == 1 ? Task.FromException<int>(new InvalidOperationException()) : Task.FromResult(made),
            TimeSpan.Zero,
            TimeProvider.System);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => shared.GetAsync(Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => shared.GetAsync(gone.Token));
        Assert.InRange(await shared.GetAsync(Cancelled), 2, 3);
    }
}
