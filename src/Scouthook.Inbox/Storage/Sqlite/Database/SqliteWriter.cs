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
    /// <summary>How long a unit of work that can stop early may make a request wait.</summary>
    private static readonly TimeSpan MaxRide = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UntilSync = TimeSpan.FromMilliseconds(50);

    private readonly SqliteDatabase _database;
    private readonly SqliteStoreGuard _guard;
    private readonly StoreSignal _signal;
    private readonly TimeProvider _timeProvider;
    private readonly SyncWaiters _waiters = new();
    private readonly RelaxedShare _relaxedShare;
    private readonly SqliteWorkQueue _queue;
    private readonly List<SqliteWork> _group = [];
    private readonly Thread _thread;
    private long _behindSince;
    private long? _ridingSince;
    private bool _hasUnshownChanges;

    public SqliteWriter(
        SqliteDatabase database, StoreSignal signal, TimeProvider timeProvider, ILogger<SqliteWriter>? logger = null)
    {
        _database = database;
        _signal = signal;
        _timeProvider = timeProvider;
        _relaxedShare = new RelaxedShare(timeProvider);
        _queue = new SqliteWorkQueue(_relaxedShare);
        Clock = new StoreClock(timeProvider);

        // The lock on the data directory keeps every other process out.
        var node = new NodeIdentity(TimeOrderedId.At(timeProvider.GetUtcNow()), IsAlone: true);
        _guard = new SqliteStoreGuard(
            database,
            (connection, checkpoints) => new SqliteSession(connection, checkpoints, MustYield, signal, Clock, node),
            signal,
            timeProvider,
            logger ?? NullLogger<SqliteWriter>.Instance);
        database.Syncing = SyncAsync;
        _thread = new Thread(Run) { IsBackground = true, Name = "Scouthook store" };
        _thread.Start();
    }

    /// <summary>Makes work for each transaction that stores events; <see langword="null"/> for none.</summary>
    public Func<SqliteWork>? Along { get; set; }

    /// <summary>The clocks that the work uses.</summary>
    public StoreClock Clock { get; }

    /// <summary>Runs work in a transaction, which is committed and on disk when the task ends.</summary>
    /// <exception cref="InboxUnavailableException">Nothing was written, for a transient reason.</exception>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> work)
    {
        var queued = new SqliteWork<T>(work, isRelaxed: false);
        _queue.Add(queued);
        return queued.Done;
    }

    /// <summary>Stores events, before all other work.</summary>
    /// <param name="work">The work, in a transaction that is on disk when the task ends.</param>
    /// <param name="requests">The number of requests that wait for it.</param>
    /// <exception cref="InboxUnavailableException">Nothing was written, for a transient reason.</exception>
    public Task<T> ReceiveAsync<T>(Func<SqliteSession, T> work, int requests)
    {
        var queued = new SqliteWork<T>(work, isRelaxed: false, requests);
        _queue.AddReceiving(queued);
        return queued.Done;
    }

    /// <summary>Runs work that was promised to nobody outside: committed when the task ends, and on disk soon after.</summary>
    /// <param name="work">The work; it must not store events.</param>
    /// <param name="isPatient">Whether it may wait two milliseconds for a transaction that it can share.</param>
    /// <exception cref="InboxUnavailableException">Nothing was written, for a transient reason.</exception>
    public Task<T> RunRelaxedAsync<T>(Func<SqliteSession, T> work, bool isPatient = false)
    {
        var queued = new SqliteWork<T>(work, isRelaxed: true);
        _queue.AddRelaxed(queued, isPatient);
        return queued.Done;
    }

    /// <summary>Waits until everything committed before is on disk, or cannot be written there now.</summary>
    public Task SyncAsync()
    {
        var wait = _waiters.WaitAsync();
        if (!wait.IsCompleted)
        {
            _queue.Signal();
        }

        return wait;
    }

    /// <summary>Finishes the queued work, then closes the file.</summary>
    public void Dispose()
    {
        if (_queue.Stop())
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        while (true)
        {
            var isIdle = !_queue.Wait(_waiters.IsBehind ? UntilSync : BetweenLooks);
            if (_queue.TryTakeFirst(isIdle, out var first, out var isReceiving))
            {
                isIdle = false;
                _group.Clear();
                _group.Add(first);
                Execute(mayGrow: true, isReceiving);
            }
            else if (_queue.IsStopping)
            {
                break;
            }
            else if (isIdle && !_waiters.IsBehind)
            {
                _guard.Watch();
            }

            // Otherwise signaled for work that an earlier round included.
            if (_waiters.IsBehind && !_queue.ReceivingWaits
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
            _ridingSince = null;
            session.Begin(isSynced: !_group[0].IsRelaxed);
            Run(_group[0], session);
            while (mayGrow && TryTakeAlong(isReceiving, out var next))
            {
                _group.Add(next);
                _ridingSince = isReceiving ? _timeProvider.GetTimestamp() : null;
                Run(next, session);
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

        session.Checkpoint();
    }

    private bool TryTakeAlong(bool isReceiving, [NotNullWhen(true)] out SqliteWork? next)
    {
        next = isReceiving && _group.Count == 1 && _relaxedShare.Wait == TimeSpan.Zero ? Along?.Invoke() : null;
        return next is not null || _queue.TryTakeAlong(isReceiving, _group, out next);
    }

    /// <summary>Returns whether requests wait for work that can stop early.</summary>
    private bool MustYield() => _queue.ReceivingWaits || (_ridingSince is { } since && _timeProvider.GetElapsedTime(since) > MaxRide);

    private void Run(SqliteWork work, SqliteSession session)
    {
        var began = _timeProvider.GetTimestamp();
        work.Run(session);
        if (work.Requests > 0)
        {
            _relaxedShare.Received(work.Requests);
        }
        else if (work.IsRelaxed)
        {
            _relaxedShare.Relaxed(_timeProvider.GetElapsedTime(began));
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
