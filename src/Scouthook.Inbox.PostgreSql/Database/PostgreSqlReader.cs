using Npgsql;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Runs look-ups on connections of their own. Without a gate, look-ups run immediately.</summary>
internal sealed class PostgreSqlReader(PostgreSqlDatabase database, LookupGate? gate = null) : IDisposable
{
    private readonly PostgreSqlThreads _threads = new("Scouthook look-up", 8);

    /// <summary>Runs a look-up requested by a user: only a few of them run at once.</summary>
    /// <exception cref="InboxUnavailableException">The store cannot be read now.</exception>
    /// <exception cref="LookupsBusyException">Too many others were waiting.</exception>
    public async Task<T> LookUpAsync<T>(Func<NpgsqlConnection, T> read, CancellationToken cancellationToken)
    {
        using var turn = gate is null ? null : await gate.EnterAsync(cancellationToken);
        return await ReadAsync(read, cancellationToken);
    }

    /// <exception cref="InboxUnavailableException">The store cannot be read now.</exception>
    public Task<T> ReadAsync<T>(Func<NpgsqlConnection, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _threads.RunAsync(() => Read(read));
    }

    /// <summary>Reads on the calling thread, for threads that may block.</summary>
    public T Read<T>(Func<NpgsqlConnection, T> read)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var connection = database.Open();
                return read(connection);
            }
            catch (NpgsqlException exception) when (
                attempt == 1 && PostgreSqlErrors.IsConnectionLoss(exception) && !PostgreSqlErrors.IsTimeout(exception))
            {
                database.Forget();
            }
            catch (NpgsqlException exception) when (PostgreSqlErrors.MayPass(exception))
            {
                throw Unavailable(PostgreSqlErrors.Describe(exception), exception);
            }
            catch (TimeoutException exception)
            {
                throw Unavailable("the server does not respond", exception);
            }
        }
    }

    public void Dispose() => _threads.Dispose();

    private InboxUnavailableException Unavailable(string problem, Exception exception) =>
        new($"The store {database.Location}: {problem}.", exception) { IsReported = database.IsReported };
}
