using System.Collections.Concurrent;

namespace Scouthook.Handling;

/// <summary>Reduces log lines per request to at most one per subject and minute, or another period.</summary>
/// <remarks>
/// The first occurrence is written at once, later ones are counted by reason and written as one line at the end of each
/// period. Writing happens on the thread pool and never twice at once for a subject: a blocked log may block a single
/// thread, but neither a request nor a commit.
/// </remarks>
internal sealed class LogThrottle(
    TimeProvider timeProvider, Action<string, LogSummary> write, TimeSpan? period = null) : IDisposable
{
    private readonly TimeSpan _period = period ?? TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Window> _windows = new(StringComparer.Ordinal);

    /// <summary>Counts an occurrence; never blocks.</summary>
    /// <param name="subject">The subject. Not from outside: each one is kept.</param>
    /// <param name="reason">The reason, one of a few.</param>
    /// <param name="detail">Details for the operator.</param>
    /// <param name="count">The number of occurrences.</param>
    public void Note(string subject, string reason, object? detail = null, int count = 1) =>
        _windows.GetOrAdd(subject, static (name, throttle) => new Window(name, throttle), this).Note(reason, detail, count);

    public void Dispose()
    {
        foreach (var window in _windows.Values)
        {
            window.Dispose();
        }
    }

    private sealed class Window(string subject, LogThrottle throttle) : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
        private object? _detail;
        private ITimer? _timer;
        private bool _isWriting;
        private bool _isDisposed;

        public void Note(string reason, object? detail, int count)
        {
            lock (_lock)
            {
                _counts[reason] = _counts.GetValueOrDefault(reason) + count;
                _detail = detail;
                if (_timer is null && !_isDisposed)
                {
                    // Created without the caller's context: a timer must not keep a request alive.
                    using (ExecutionContext.IsFlowSuppressed() ? default(IDisposable) : ExecutionContext.SuppressFlow())
                    {
                        _timer = throttle.NewTimer(Tick);
                    }

                    StartWriting();
                }
            }
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _isDisposed = true;
                _timer?.Dispose();
            }
        }

        private void Tick()
        {
            lock (_lock)
            {
                if (_counts.Count > 0)
                {
                    StartWriting();
                }
                else if (!_isWriting)
                {
                    _timer?.Dispose();
                    _timer = null;
                }
            }
        }

        private void StartWriting()
        {
            if (!_isWriting)
            {
                _isWriting = true;
                ThreadPool.UnsafeQueueUserWorkItem(static window => window.Write(), this, preferLocal: false);
            }
        }

        private void Write()
        {
            LogSummary summary;
            lock (_lock)
            {
                summary = new LogSummary(new Dictionary<string, long>(_counts), _detail);
                _counts.Clear();
                _detail = null;
            }

            LogGuard.Run(() => throttle.Write(subject, summary));
            lock (_lock)
            {
                _isWriting = false;
            }
        }
    }

    private ITimer NewTimer(Action tick) => LogGuard.StartTimer(timeProvider, tick, _period);

    private void Write(string subject, LogSummary summary) => write(subject, summary);
}
