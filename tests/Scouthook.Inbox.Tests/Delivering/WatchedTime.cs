using Microsoft.Extensions.Time.Testing;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>A clock that reports when it is read.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(Some.Instant)
{
    private TaskCompletionSource? _looked;

    /// <summary>Completes at the next reading.</summary>
    public Task NextLook()
    {
        _looked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _looked.Task.InTime();
    }

    public override DateTimeOffset GetUtcNow()
    {
        Volatile.Read(ref _looked)?.TrySetResult();
        return base.GetUtcNow();
    }
}
