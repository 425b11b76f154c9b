using Npgsql;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Runs transactions. One that lost against another one runs again.</summary>
/// <remarks>Receiving has a thread of its own, so that it never waits behind other work of this node.</remarks>
internal sealed class PostgreSqlWriter : IDisposable
{
    private const int MaxTries = 8;

    private readonly PostgreSqlDatabase _database;
    private readonly PostgreSqlNotifier _notifier;
    private readonly PostgreSqlThreads _receiving = new("Scouthook receiving", 1);
    private readonly PostgreSqlThreads _others = new("Scouthook store", 12);

    public PostgreSqlWriter(PostgreSqlDatabase database, PostgreSqlNotifier notifier, StoreClock clock, TimeProvider timeProvider)
    {
        _database = database;
        _notifier = notifier;
        Clock = clock;
        Node = new NodeIdentity(TimeOrderedId.At(timeProvider.GetUtcNow()), IsAlone: false);
    }

    /// <summary>The clocks that the work uses.</summary>
    public StoreClock Clock { get; }

    public NodeIdentity Node { get; }

    /// <inheritdoc cref="PostgreSqlDatabase.Losses"/>
    public int Losses => _database.Losses;

    /// <summary>Runs work in a transaction, which is committed and on disk when the task ends.</summary>
    /// <exception cref="InboxUnavailableException">
    /// Nothing was written, for a transient reason; or the connection was lost during the commit, and nobody knows.
    /// </exception>
    public Task<T> RunAsync<T>(Func<PostgreSqlSession, T> work, bool receiving = false) =>
        (receiving ? _receiving : _others).RunAsync(() => Run(work, isSynced: true));

    /// <summary>Runs work whose commit need not wait for the disk, as it was promised to nobody.</summary>
    /// <inheritdoc cref="RunAsync" path="/exception"/>
    public Task<T> RunRelaxedAsync<T>(Func<PostgreSqlSession, T> work) => _others.RunAsync(() => Run(work, isSynced: false));

    public void Dispose()
    {
        _receiving.Dispose();
        _others.Dispose();
    }

    private T Run<T>(Func<PostgreSqlSession, T> work, bool isSynced)
    {
        for (var attempt = 1; ; attempt++)
        {
            var isCommitting = false;
            try
            {
                return Transact(work, isSynced, ref isCommitting);
            }
            catch (NpgsqlException exception) when (PostgreSqlErrors.IsConflict(exception) && attempt < MaxTries)
            {
                // Rolled back by the server.
            }
            catch (NpgsqlException exception) when (PostgreSqlErrors.IsConnectionLoss(exception) && !isCommitting && attempt == 1)
            {
                // A pooled connection to a server that has restarted meanwhile: nothing was committed.
                _database.Forget();
                if (PostgreSqlErrors.IsTimeout(exception))
                {
                    throw Unavailable(PostgreSqlErrors.Describe(exception), exception);
                }
            }
            catch (NpgsqlException exception) when (PostgreSqlErrors.MayPass(exception))
            {
                if (PostgreSqlErrors.IsConnectionLoss(exception))
                {
                    _database.Forget();
                }

                throw Unavailable(PostgreSqlErrors.Describe(exception), exception);
            }
            catch (TimeoutException exception)
            {
                throw Unavailable("the server does not respond", exception);
            }
        }
    }

    private InboxUnavailableException Unavailable(string problem, Exception exception) =>
        new($"The store {_database.Location}: {problem}.", exception) { IsReported = _database.IsReported };

    private T Transact<T>(Func<PostgreSqlSession, T> work, bool isSynced, ref bool isCommitting)
    {
        using var connection = _database.Open();
        using var transaction = connection.BeginTransaction();
        var session = new PostgreSqlSession(connection, transaction, _database, Clock, Node);
        if (isSynced)
        {
            session.BeginSynced();
        }
        else
        {
            session.BeginRelaxed();
        }

        var result = work(session);
        isCommitting = true;
        transaction.Commit();
        session.Names.Publish();
        _notifier.Committed(session.Signals);
        return result;
    }
}
