namespace Scouthook.Inbox.PostgreSql;

/// <summary>Runs work that waits for the database, on threads of its own.</summary>
/// <remarks>
/// A transaction is several round trips in a row, decided by rules that run between them, so it keeps a thread until it
/// ends. On threads of the pool, many of them would leave none for the requests of Help Scout.
/// </remarks>
internal sealed class PostgreSqlThreads(string name, int max) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Action> _waiting = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly List<Thread> _threads = [];
    private int _idle;
    private bool _stopping;

    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _waiting.Enqueue(() =>
            {
                try
                {
                    done.SetResult(work());
                }
                catch (Exception exception)
                {
                    done.SetException(exception);
                }
            });
            if (_waiting.Count > _idle && _threads.Count < max)
            {
                var thread = new Thread(Run) { IsBackground = true, Name = name };
                _threads.Add(thread);
                thread.Start();
            }
        }

        _work.Release();
        return done.Task;
    }

    /// <summary>Finishes the queued work.</summary>
    public void Dispose()
    {
        List<Thread> threads;
        lock (_gate)
        {
            if (_stopping)
            {
                return;
            }

            _stopping = true;
            threads = [.. _threads];
        }

        _work.Release(threads.Count + 1);
        threads.ForEach(thread => thread.Join());
        _work.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            lock (_gate)
            {
                _idle++;
            }

            _work.Wait();
            Action? next;
            lock (_gate)
            {
                _idle--;
                if (!_waiting.TryDequeue(out next) && _stopping)
                {
                    return;
                }
            }

            next?.Invoke();
        }
    }
}
