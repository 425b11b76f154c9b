using System.Diagnostics.CodeAnalysis;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>The work that waits for the writer, and what is next.</summary>
/// <remarks>
/// The writer waits on a monitor: a semaphore would first spin and yield the processor a few dozen times, at each of hundreds
/// of waits a second.
/// </remarks>
internal sealed class SqliteWorkQueue(RelaxedShare share)
{
    private const int MaxGroupSize = 64;

    /// <summary>How much relaxed work may make a request wait.</summary>
    private const int MaxRiding = 16;

    /// <summary>How much patient work is enough for a transaction of its own.</summary>
    private const int MaxPatient = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2);

    private readonly object _gate = new();
    private readonly Queue<SqliteWork> _receiving = new();
    private readonly Queue<SqliteWork> _other = new();
    private readonly Queue<SqliteWork> _relaxed = new();
    private readonly Queue<SqliteWork> _patient = new();
    private int _signals;
    private volatile bool _receivingWaits;
    private volatile bool _isStopping;

    /// <summary>True if requests wait to be stored.</summary>
    public bool ReceivingWaits => _receivingWaits;

    public bool IsStopping => _isStopping;

    private bool MayRelax => _isStopping || share.Wait == TimeSpan.Zero;

    public void AddReceiving(SqliteWork work) => Add(work, _receiving);

    public void Add(SqliteWork work) => Add(work, _other);

    /// <summary>Adds work whose commit need not wait for the disk.</summary>
    /// <param name="work">The work.</param>
    /// <param name="isPatient">Whether it may wait for a transaction that it can share.</param>
    public void AddRelaxed(SqliteWork work, bool isPatient) => Add(work, isPatient ? _patient : _relaxed);

    public void Signal()
    {
        lock (_gate)
        {
            if (!_isStopping)
            {
                AddSignal();
            }
        }
    }

    /// <returns><see langword="false"/> if it was stopped before.</returns>
    public bool Stop()
    {
        lock (_gate)
        {
            if (_isStopping)
            {
                return false;
            }

            _isStopping = true;
            AddSignal();
            return true;
        }
    }

    /// <summary>Waits for work or a signal.</summary>
    /// <param name="atMost">The longest wait if there is no work.</param>
    /// <returns>Whether it was signaled; a signal may be for work that was taken earlier.</returns>
    public bool Wait(TimeSpan atMost)
    {
        lock (_gate)
        {
            if (_relaxed.Count > 0)
            {
                atMost = share.Wait;
            }
            else if (_patient.Count > 0)
            {
                atMost = share.Wait > Patience ? share.Wait : Patience;
            }

            if (_signals == 0)
            {
                Monitor.Wait(_gate, atMost);
            }

            if (_signals == 0)
            {
                return false;
            }

            _signals--;
            return true;
        }
    }

    /// <summary>Takes the next work; patient work only if nothing else came while it waited.</summary>
    public bool TryTakeFirst(bool isIdle, [NotNullWhen(true)] out SqliteWork? first, out bool isReceiving)
    {
        lock (_gate)
        {
            isReceiving = _receiving.TryDequeue(out first);
            _receivingWaits = _receiving.Count > 0;
            return isReceiving || _other.TryDequeue(out first)
                || (MayRelax && (_relaxed.TryDequeue(out first)
                    || ((isIdle || _isStopping || _patient.Count >= MaxPatient) && _patient.TryDequeue(out first))));
        }
    }

    /// <summary>Takes work that shares the transaction of a group.</summary>
    /// <param name="isReceiving">Whether requests wait for the group.</param>
    /// <param name="group">The group.</param>
    /// <param name="next">The work.</param>
    public bool TryTakeAlong(bool isReceiving, List<SqliteWork> group, [NotNullWhen(true)] out SqliteWork? next)
    {
        lock (_gate)
        {
            next = null;
            if (isReceiving)
            {
                return group.Count <= MaxRiding && TryTakeRelaxed(out next);
            }

            return !_receivingWaits && group.Count < MaxGroupSize
                && ((!group[0].IsRelaxed && _other.TryDequeue(out next)) || TryTakeRelaxed(out next));
        }
    }

    private void Add(SqliteWork work, Queue<SqliteWork> queue)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isStopping, typeof(SqliteWriter));
            queue.Enqueue(work);
            _receivingWaits = _receiving.Count > 0;
            AddSignal();
        }
    }

    private void AddSignal()
    {
        _signals++;
        Monitor.Pulse(_gate);
    }

    private bool TryTakeRelaxed([NotNullWhen(true)] out SqliteWork? next)
    {
        next = null;
        return MayRelax && (_patient.TryDequeue(out next) || _relaxed.TryDequeue(out next));
    }
}
