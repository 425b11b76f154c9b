namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Keeps idle readers open, so that a look-up does not have to configure a connection and prepare its statements.</summary>
/// <param name="path">The path of the database.</param>
internal sealed class SqliteReaderPool(string path)
{
    /// <summary>As many as are regularly in use at once; during a burst, more are opened and closed again.</summary>
    private const int MaxIdle = 8;

    private readonly Lock _gate = new();
    private readonly Stack<SqliteReadSession> _idle = new();
    private int _generation;

    /// <summary>Takes an idle reader or opens one; the caller returns or disposes it.</summary>
    public SqliteReadSession Take()
    {
        int generation;
        lock (_gate)
        {
            generation = _generation;
            if (_idle.TryPop(out var idle))
            {
                return idle;
            }
        }

        return new SqliteReadSession(SqliteConnections.OpenReader(path), generation);
    }

    /// <summary>Returns a reader; one from before the last <see cref="Close"/> is closed.</summary>
    public void Return(SqliteReadSession session)
    {
        lock (_gate)
        {
            if (session.Generation == _generation && _idle.Count < MaxIdle)
            {
                _idle.Push(session);
                return;
            }
        }

        session.Dispose();
    }

    /// <summary>Closes the idle readers; the others are closed when they are returned.</summary>
    public void Close()
    {
        SqliteReadSession[] idle;
        lock (_gate)
        {
            _generation++;
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach (var session in idle)
        {
            session.Dispose();
        }
    }
}
