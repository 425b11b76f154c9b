namespace Scouthook.Management.Services;

/// <summary>A result that is computed at most once per period, however many callers request it.</summary>
internal sealed class SharedResult<T>(Func<Task<T>> make, TimeSpan period, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private Task<T>? _newest;
    private long _made;

    /// <summary>Returns the newest result, or waits for the one being computed.</summary>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        Task<T> newest;
        lock (_lock)
        {
            if (_newest is null
                || (_newest.IsCompleted
                    && (!_newest.IsCompletedSuccessfully || timeProvider.GetElapsedTime(_made) >= period)))
            {
                // Not on the caller's thread, which holds the lock, and not only for this caller.
                _newest = Task.Run(MakeAsync, CancellationToken.None);
            }

            newest = _newest;
        }

        return newest.WaitAsync(cancellationToken);
    }

    private async Task<T> MakeAsync()
    {
        var result = await make();
        Volatile.Write(ref _made, timeProvider.GetTimestamp());
        return result;
    }
}
