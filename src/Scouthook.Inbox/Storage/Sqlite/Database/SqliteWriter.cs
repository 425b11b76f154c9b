using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>The only writer of a database file: a dedicated thread that runs one unit of work after another.</summary>
/// <remarks>
/// <para>SQLite has one writer at a time in any case, and its calls block. With one thread no work ever waits for a lock, the
/// order of commit is the order of <c>sequence</c>, and receiving takes precedence over everything else. Other work
/// that waits together shares a transaction, until a request waits to be stored. While the store cannot be used, work
/// fails at once; whether it can be used again is checked every second.</para>
/// <para>Relaxed work was promised to nobody outside, such as a lease. Its commit does not wait for the disk: the next one
/// that does, of any kind, includes it. A few units also ride with a commit of receiving. None is shown before it is on disk,
/// after at most a tenth of a second (docs/decisions/0040).</para>
/// </remarks>
internal sealed class SqliteWriter : IDisposable
{
    private const int MaxGroupSize = 64;

    /// <summary>How much relaxed work may make a request wait.</summary>
    private const int MaxRiding = 16;

    /// <summary>How much patient work is enough for a transaction of its own.</summary>
    private const int MaxPatient = 16;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan UntilSync = TimeSpan.FromMilliseconds(50);

    private readonly SqliteDatabase _database;
    private readonly SqliteStoreGuard _guard;
    private readonly StoreSignal _signal;
    private readonly TimeProvider _timeProvider;
    private readonly SyncWaiters _waiters = new();
    private readonly Lock _gate = new();
    private readonly Queue<SqliteWork> _receiving = new();
    private readonly Queue<SqliteWork> _other = new();
    private readonly Queue<SqliteWork> _relaxed = new();
    private readonly Queue<SqliteWork> _patient = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly List<SqliteWork> _group = new(MaxGroupSize);
    private readonly Thread _thread;
    private volatile bool _receivingWaits;
    private volatile bool _stopping;
    private long _behindSince;
    private bool _hasUnshownChanges;

    public SqliteWriter(
        SqliteDatabase database, StoreSignal signal, TimeProvider timeProvider, ILogger<SqliteWriter>? logger = null)
    {
        _database = database;
        _signal = signal;
        _timeProvider = timeProvider;
        Clock = new StoreClock(timeProvider);

        // The lock on the data directory keeps every other process out.
        var node = new NodeIdentity(TimeOrderedId.At(timeProvider.GetUtcNow()), IsAlone: true);
        _guard = new SqliteStoreGuard(
            database,
            connection => new SqliteSession(connection, () => _receivingWaits, signal, Clock, node),
            signal,
            timeProvider,
            logger ?? NullLogger<SqliteWriter>.Instance);
        database.Syncing = SyncAsync;
        _thread = new Thread(Run) { IsBackground = true, Name = "Scouthook store" };
        _thread.Start();
    }

    /// <summary>The clocks that the work uses.</summary>
    public StoreClock Clock { get; }

    /// <summary>Runs work in a transaction, which is committed and on disk when the task ends.</summary>
    /// <exception cref="InboxUnavailableException">Nothing was written, for a transient reason.</exception>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> work, bool receiving = false) =>
        Enqueue(new SqliteWork<T>(work, isRelaxed: false), receiving ? _receiving : _other);

    /// <summary>Runs work that was promised to nobody outside: committed when the task ends, and on disk soon after.</summary>
    /// <param name="work">The work; it must not store events.</param>
    /// <param name="isPatient">Whether it may wait two milliseconds for a transaction that it can share.</param>
    /// <exception cref="InboxUnavailableException">Nothing was written, for a transient reason.</exception>
    public Task<T> RunRelaxedAsync<T>(Func<SqliteSession, T> work, bool isPatient = false) =>
        Enqueue(new SqliteWork<T>(work, isRelaxed: true), isPatient ? _patient : _relaxed);

    /// <summary>Waits until everything committed before is on disk, or cannot be written there now.</summary>
    public Task SyncAsync()
    {
        var wait = _waiters.WaitAsync();
        if (!wait.IsCompleted)
        {
            Signal();
        }

        return wait;
    }

    /// <summary>Finishes the queued work, then closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return;
            }

            _stopping = true;
            _work.Release();
        }

        _thread.Join();
        _work.Dispose();
    }

    private Task<T> Enqueue<T>(SqliteWork<T> work, Queue<SqliteWork> queue)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            queue.Enqueue(work);
            _receivingWaits = _receiving.Count > 0;
        }

        Signal();
        return work.Done;
    }

    private void Signal()
    {
        lock (_gate)
        {
            if (!_stopping)
            {
                _work.Release();
            }
        }
    }

    private void Run()
    {
        while (true)
        {
            var isIdle = !_work.Wait(LongestWait());
            if (TryTakeFirst(isIdle, out var first, out var isReceiving))
            {
                isIdle = false;
                _group.Clear();
                _group.Add(first);
                Execute(mayGrow: true, isReceiving);
            }
            else if (_stopping)
            {
                break;
            }
            else if (isIdle && !_waiters.IsBehind)
            {
                _guard.Watch();
            }

            // Otherwise signaled for work that an earlier round included.
            if (_waiters.IsBehind && !_receivingWaits
                && (isIdle || _waiters.Any || _timeProvider.GetElapsedTime(_behindSince) >= UntilSync))
            {
                Sync();
            }
        }

        if (_waiters.IsBehind)
        {
            Sync();
        }

        _waiters.End();
        _guard.Dispose();
    }

    /// <summary>Puts everything that was committed on disk.</summary>
    private void Sync()
    {
        var touch = new SqliteWork<bool>(session => session.Touch(), isRelaxed: false);
        _group.Clear();
        _group.Add(touch);
        Execute(mayGrow: true, isReceiving: false);

        // Also if that failed: what can be read of a store that cannot be written is shown.
        _ = touch.Done.Exception;
        _waiters.Release();
    }

    private TimeSpan LongestWait()
    {
        lock (_gate)
        {
            return _patient.Count > 0 ? Patience : _waiters.IsBehind ? UntilSync : BetweenLooks;
        }
    }

    /// <summary>Takes the next work; patient work only if nothing else came while it waited.</summary>
    private bool TryTakeFirst(bool isIdle, [NotNullWhen(true)] out SqliteWork? first, out bool isReceiving)
    {
        lock (_gate)
        {
            isReceiving = _receiving.TryDequeue(out first);
            _receivingWaits = _receiving.Count > 0;
            return isReceiving || _other.TryDequeue(out first) || _relaxed.TryDequeue(out first)
                || ((isIdle || _stopping || _patient.Count >= MaxPatient) && _patient.TryDequeue(out first));
        }
    }

    private bool TryTakeAlong(bool isReceiving, [NotNullWhen(true)] out SqliteWork? next)
    {
        lock (_gate)
        {
            next = null;
            if (isReceiving)
            {
                return _group.Count <= MaxRiding && (_patient.TryDequeue(out next) || _relaxed.TryDequeue(out next));
            }

            return !_receivingWaits && _group.Count < MaxGroupSize
                && ((!_group[0].IsRelaxed && _other.TryDequeue(out next)) || _patient.TryDequeue(out next) || _relaxed.TryDequeue(out next));
        }
    }

    private void Execute(bool mayGrow, bool isReceiving)
    {
        try
        {
            Transact(mayGrow, isReceiving);
        }
        catch (InboxUnavailableException exception)
        {
            FailAll(exception);
        }
        catch (SqliteException exception) when (SqliteErrors.IsCorrupt(exception))
        {
            FailAll(_guard.RefuseCorrupt(exception));
        }
        catch (Exception) when (_group.Count > 1)
        {
            // One failing unit of work must not fail the others.
            foreach (var work in _group.ToArray())
            {
                _group.Clear();
                _group.Add(work);
                Execute(mayGrow: false, isReceiving: false);
            }
        }
        catch (SqliteException exception) when (SqliteErrors.MayPass(exception))
        {
            _group[0].Fail(new InboxUnavailableException(
                $"The store {_database.Path}: {SqliteErrors.Describe(exception)}.", exception));
        }
        catch (Exception exception)
        {
            _group[0].Fail(exception);
        }
    }

    private void FailAll(InboxUnavailableException exception)
    {
        foreach (var work in _group)
        {
            work.Fail(exception);
        }
    }

    private void Transact(bool mayGrow, bool isReceiving)
    {
        var session = _guard.Session();
        try
        {
            session.Begin(isSynced: !_group[0].IsRelaxed);
            _group[0].Run(session);
            while (mayGrow && TryTakeAlong(isReceiving, out var next))
            {
                _group.Add(next);
                next.Run(session);
            }

            session.Commit();
        }
        catch
        {
            _guard.NoteTakenBack(session, isUsable: session.TryRollback());
            throw;
        }

        // Between commit and answer: data written to a removed file must not be acknowledged.
        _guard.Confirm(session);
        NoteSync(session);
        foreach (var work in _group)
        {
            work.Complete();
        }
    }

    /// <summary>Records what is on disk. Runs before the work is completed, because a caller may then look it up.</summary>
    private void NoteSync(SqliteSession session)
    {
        _hasUnshownChanges |= session.RaiseSignals();
        if (session.Synced is null)
        {
            if (session.HasWritten && _waiters.Begin())
            {
                _behindSince = _timeProvider.GetTimestamp();
            }

            return;
        }

        _waiters.End();
        if (_hasUnshownChanges)
        {
            _hasUnshownChanges = false;
            _signal.Change();
        }
    }
}
