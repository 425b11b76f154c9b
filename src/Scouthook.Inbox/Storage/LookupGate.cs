namespace Scouthook.Inbox.Storage;

/// <summary>
/// Limits the number of concurrent user look-ups, so that they leave processor and disk to receiving.
/// </summary>
/// <param name="limit">The maximum number at once; read each time, as it may change.</param>
/// <param name="timeProvider">Measures how long a look-up waits.</param>
/// <remarks>Waiting look-ups run in order of arrival. Look-ups of the engine itself do not wait.</remarks>
internal sealed class LookupGate(Func<int> limit, TimeProvider timeProvider)
{
    public const int DefaultLimit = 4;

    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private int _running;

    /// <returns>The slot; dispose it when the look-up has ended.</returns>
    /// <exception cref="LookupsBusyException">No slot became free within <see cref="MaxWait"/>.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> place;
        lock (_lock)
        {
            if (_waiting.Count == 0 && _running < Math.Max(1, limit()))
            {
                _running++;
                return new Turn(this);
            }

            place = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            await place.Value.Task.WaitAsync(MaxWait, timeProvider, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            lock (_lock)
            {
                if (place.List is not null)
                {
                    _waiting.Remove(place);
                    throw exception is TimeoutException ? new LookupsBusyException() : exception;
                }
            }

            // The slot became free at the same moment.
            if (exception is OperationCanceledException)
            {
                Leave();
                throw;
            }
        }

        return new Turn(this);
    }

    private void Leave()
    {
        lock (_lock)
        {
            _running--;
            while (_running < Math.Max(1, limit()) && _waiting.First is { } next)
            {
                _waiting.RemoveFirst();
                _running++;
                next.Value.SetResult();
            }
        }
    }

    private sealed class Turn(LookupGate gate) : IDisposable
    {
        private LookupGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
    }
}
