namespace Scouthook.Inbox.PostgreSql;

/// <summary>A lease in the database: its holder does the periodic work that one node is to do.</summary>
/// <remarks>
/// Not a lock of a session, which vanishes silently behind a pooler. The node believes in its lease for less than the
/// database does, by its own monotonic time, so that no two believe in it at once.
/// </remarks>
internal sealed class PostgreSqlLeadership(PostgreSqlWriter writer, TimeProvider timeProvider) : ILeadership, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(15);

    /// <summary>How long a node that stops waits to give its lease back; without that it is taken over when it has ended.</summary>
    private static readonly TimeSpan Releasing = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private Task? _running;
    private long _renewedAt;
    private bool _isLeader;

    public bool IsLeader
    {
        get
        {
            lock (_gate)
            {
                // Started by the first question: the store may be opened later.
                _running ??= Task.Run(RunAsync, CancellationToken.None);
                return _isLeader && timeProvider.GetElapsedTime(_renewedAt) < BelievedFor;
            }
        }
    }

    /// <summary>Takes or renews the lease once.</summary>
    public async Task RenewAsync()
    {
        var asked = timeProvider.GetTimestamp();
        var isLeader = false;
        try
        {
            isLeader = await writer.RunRelaxedAsync(session => session.Statement(
                """
                INSERT INTO leader (one, node, until) VALUES (true, $1, clock_timestamp() + interval '20 seconds')
                ON CONFLICT (one) DO UPDATE SET node = excluded.node, until = excluded.until
                WHERE leader.node = excluded.node OR leader.until < clock_timestamp()
                  OR leader.until > clock_timestamp() + interval '1 minute'
                """).Execute(writer.Node.Id)) > 0;
        }
        catch (Exception)
        {
            // Tried again, whatever it was; believed no longer when its time is up.
            return;
        }

        lock (_gate)
        {
            _isLeader = isLeader;
            _renewedAt = asked;
        }
    }

    /// <summary>Stops without waiting, for hosts that are not disposed asynchronously.</summary>
    public void Dispose() => _stopping.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_running is { } running)
        {
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await ReleaseAsync();
        _stopping.Dispose();
    }

    /// <summary>Gives the lease back: periodic work has ended when this is disposed, and another node can start it at once.</summary>
    private async Task ReleaseAsync()
    {
        lock (_gate)
        {
            if (!_isLeader)
            {
                return;
            }

            _isLeader = false;
        }

        Task releasing = writer.RunRelaxedAsync(session => session.Statement("DELETE FROM leader WHERE node = $1").Execute(writer.Node.Id));
        await releasing.WaitAsync(Releasing, timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await RenewAsync();
            await Task.Delay(RenewEvery, timeProvider, _stopping.Token);
        }
    }
}
