namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Look-ups that wait until the commits before them are on disk.</summary>
internal sealed class SyncWaiters
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _next;
    private bool _isBehind;

    /// <summary>True if something was committed that is not on disk.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_gate)
            {
                return _isBehind;
            }
        }
    }

    /// <summary>True if a look-up waits.</summary>
    public bool Any
    {
        get
        {
            lock (_gate)
            {
                return _next is not null;
            }
        }
    }

    /// <returns>A task that ends when everything committed before the call is on disk.</returns>
    public Task WaitAsync()
    {
        lock (_gate)
        {
            return _isBehind
                ? (_next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : Task.CompletedTask;
        }
    }

    /// <summary>Something was committed that is not on disk.</summary>
    /// <returns>Whether everything else was.</returns>
    public bool Begin()
    {
        lock (_gate)
        {
            var isFirst = !_isBehind;
            _isBehind = true;
            return isFirst;
        }
    }

    /// <summary>Everything is on disk.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isBehind = false;
        }

        Release();
    }

    /// <summary>Lets the waiting look-ups continue.</summary>
    public void Release()
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            (waiting, _next) = (_next, null);
        }

        waiting?.SetResult();
    }
}
