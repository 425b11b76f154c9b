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
/// SQLite has one writer at a time in any case, and its calls block. With one thread no work ever waits for a lock, the
/// order of commit is the order of <c>sequence</c>, and receiving takes precedence over everything else. Other work
/// that waits together shares a transaction, until a request waits to be stored. While the store cannot be used, work
/// fails at once; whether it can be used again is checked every second.
/// </remarks>
internal sealed class SqliteWriter : IDisposable
{
    private const int MaxGroupSize = 64;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly SqliteDatabase _database;
    private readonly SqliteStoreGuard _guard;
    private readonly Lock _gate = new();
    private readonly Queue<SqliteWork> _receiving = new();
    private readonly Queue<SqliteWork> _other = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly List<SqliteWork> _group = new(MaxGroupSize);
    private readonly Thread _thread;
    private volatile bool _receivingWaits;
    private volatile bool _stopping;

    public SqliteWriter(
        SqliteDatabase database, StoreSignal signal, TimeProvider timeProvider, ILogger<SqliteWriter>? logger = null)
    {
        _database = database;
        Clock = new StoreClock(timeProvider);

        // The lock on the data directory keeps every other process out.
        var node = new NodeIdentity(TimeOrderedId.At(timeProvider.GetUtcNow()), IsAlone: true);
        _guard = new SqliteStoreGuard(
            database,
            connection => new SqliteSession(connection, () => _receivingWaits, signal, Clock, node),
            signal,
            timeProvider,
            logger ?? NullLogger<SqliteWriter>.Instance);
        _thread = new Thread(Run) { IsBackground = true, Name = "Scouthook store" };
        _thread.Start();
    }

    /// <summary>The clocks that the work uses.</summary>
    public StoreClock Clock { get; }

    /// <summary>Runs work in a transaction, which is committed and on disk when the task ends.</summary>
    /// <exception cref="InboxUnavailableException">Nothing was written, for a transient reason.</exception>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> work, bool receiving = false)
    {
        var asked = new SqliteWork<T>(work);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            (receiving ? _receiving : _other).Enqueue(asked);
            _receivingWaits = _receiving.Count > 0;
        }

        _work.Release();
        return asked.Done;
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
        }

        _work.Release();
        _thread.Join();
        _work.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            if (!_work.Wait(BetweenLooks))
            {
                _guard.Watch();
                continue;
            }

            if (TryTakeFirst(out var first, out var isReceiving))
            {
                _group.Clear();
                _group.Add(first);
                Execute(mayGrow: !isReceiving);
            }
            else if (_stopping)
            {
                break;
            }

            // Otherwise signaled for work that an earlier round included.
        }

        _guard.Dispose();
    }

    private bool TryTakeFirst([NotNullWhen(true)] out SqliteWork? first, out bool isReceiving)
    {
        lock (_gate)
        {
            isReceiving = _receiving.TryDequeue(out first);
            _receivingWaits = _receiving.Count > 0;
            return isReceiving || _other.TryDequeue(out first);
        }
    }

    private bool TryTakeAlong([NotNullWhen(true)] out SqliteWork? next)
    {
        lock (_gate)
        {
            next = null;
            return !_receivingWaits && _group.Count < MaxGroupSize && _other.TryDequeue(out next);
        }
    }

    private void Execute(bool mayGrow)
    {
        try
        {
            Transact(mayGrow);
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
                Execute(mayGrow: false);
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

    private void Transact(bool mayGrow)
    {
        var session = _guard.Session();
        try
        {
            session.Begin();
            _group[0].Run(session);
            while (mayGrow && TryTakeAlong(out var next))
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
        session.RaiseSignals();
        foreach (var work in _group)
        {
            work.Complete();
        }
    }
}
