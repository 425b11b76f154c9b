using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>The writing connection with its prepared statements and its caches of small tables.</summary>
/// <param name="connection">The connection; used by nothing else.</param>
/// <param name="checkpoints">Copies what this session writes from the log into the database.</param>
/// <param name="mustYield">Whether requests wait for this work, which can stop early.</param>
/// <param name="signal">Receives the signals of a commit.</param>
/// <param name="clock">The clock for waits and ages.</param>
/// <param name="node">This process.</param>
internal sealed class SqliteSession(
    SqliteConnection connection,
    SqliteCheckpoints checkpoints,
    Func<bool> mustYield,
    StoreSignal signal,
    StoreClock clock,
    NodeIdentity node) : IDisposable
{
    private readonly HashSet<Guid> _dueEndpoints = [];
    private bool _eventsStored;
    private bool _endpointsChanged;
    private bool _replayAdded;
    private bool _changed;
    private bool _sourceSecretsChanged;
    private long? _indexedThrough;
    private bool _isSynced = true;
    private int _changesBefore;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _eventTypes = new(StringComparer.Ordinal);

    /// <summary>
    /// Returns a statement, prepared at its first use. Its text is its key, so texts must be constants.
    /// </summary>
    public SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new SqliteStatement(connection, sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    public long LastSequence => SQLitePCL.raw.sqlite3_last_insert_rowid(connection.Handle);

    /// <summary>True if requests wait for this work, which can stop early.</summary>
    public bool MustYield => mustYield();

    public NodeIdentity Node => node;

    /// <summary>The time now.</summary>
    public StoreTime Time => clock.Time;

    /// <summary>The age clock; <see langword="null"/> until its last stored value has been read.</summary>
    public DateTimeOffset? Age => clock.Age;

    /// <summary>The newest stored event; 0 without any.</summary>
    public long NewestEvent => Statement("SELECT max(sequence) FROM event").Scalar() is long newest ? newest : 0;

    /// <summary>The last event that the indexes for lists contain.</summary>
    public long IndexedThrough
    {
        get => _indexedThrough ??= (long)Statement(SqliteLaterIndexes.Through).Scalar()!;
        set
        {
            Statement("UPDATE upkeep SET value = ?1 WHERE name = 'indexed_through'").Execute(value);
            _indexedThrough = value;
        }
    }

    /// <summary>The endpoints as this transaction sees them.</summary>
    public SqliteEndpointCache Endpoints => field ??= new SqliteEndpointCache(this);

    public SqliteChangeLogWrites Changes => field ??= new SqliteChangeLogWrites(this);

    public long SourceId(string name) => IdOf(
        _sources, name,
        "SELECT source_id FROM source WHERE name = ?1",
        "INSERT INTO source (name) VALUES (?1)");

    public long EventTypeId(string name) => IdOf(
        _eventTypes, name,
        "SELECT event_type_id FROM event_type WHERE name = ?1",
        "INSERT INTO event_type (name) VALUES (?1)");

    /// <summary>Begins a transaction.</summary>
    /// <param name="isSynced">Whether its commit waits for the disk.</param>
    public void Begin(bool isSynced)
    {
        if (_isSynced != isSynced)
        {
            // Takes effect only outside a transaction, and when it is compiled, so it cannot be a prepared statement.
            SqliteException.ThrowExceptionForRC(
                SQLitePCL.raw.sqlite3_exec(connection.Handle, isSynced ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL"),
                connection.Handle);
            _isSynced = isSynced;
        }

        _changesBefore = SQLitePCL.raw.sqlite3_total_changes(connection.Handle);
        Statement("BEGIN IMMEDIATE").Execute();
    }

    /// <summary>
    /// The state of the store at the last commit, if that put everything on stable storage; otherwise <see langword="null"/>.
    /// </summary>
    public StoreMarks? Synced { get; private set; }

    /// <summary>True if the last commit wrote anything.</summary>
    public bool HasWritten { get; private set; }

    public void Commit()
    {
        // A transaction that writes nothing is committed without a sync, whatever was written before it.
        HasWritten = SQLitePCL.raw.sqlite3_total_changes(connection.Handle) != _changesBefore;
        Synced = _isSynced && HasWritten ? StoreMarks.Read(this) : null;
        Statement("COMMIT").Execute();
    }

    /// <summary>Writes something, so that the commit is on disk, with all commits before it.</summary>
    public bool Touch() => Statement(
        "INSERT INTO upkeep (name, value) VALUES ('synced', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1").Execute() > 0;

    /// <summary>Called once the last commit was answered, since it may take some milliseconds.</summary>
    public void Checkpoint() => checkpoints.Committed(connection);

    /// <summary>Checkpoints the write-ahead log into the database.</summary>
    /// <returns><see langword="false"/> if a reader uses the log.</returns>
    public bool TryFoldLog()
    {
        using var row = Statement("PRAGMA wal_checkpoint(TRUNCATE)").Read();
        return row.Read() && row.GetInt64(0) == 0;
    }

    /// <summary>Closes the connection and leaves the files unchanged.</summary>
    public void Abandon()
    {
        SqliteConnections.KeepLog(connection);
        Dispose();
    }

    // Signaled once the transaction is committed, and never if it is rolled back.
    public void SignalEvents() => _eventsStored = true;

    /// <summary>No event of this transaction waits to be dispatched any more.</summary>
    public void WithdrawEvents() => _eventsStored = false;

    public void SignalEndpoints() => _endpointsChanged = true;

    public void SignalReplay() => _replayAdded = true;

    public void SignalChange() => _changed = true;

    public void SignalSourceSecrets() => _sourceSecretsChanged = true;

    public void SignalDue(Guid endpoint) => _dueEndpoints.Add(endpoint);

    /// <returns>Whether followers have something to read, once it is on disk.</returns>
    public bool RaiseSignals()
    {
        if (_eventsStored)
        {
            signal.Events.Set();
        }

        if (_endpointsChanged)
        {
            signal.Endpoints.Set();
        }

        if (_replayAdded)
        {
            signal.Replays.Set();
        }

        if (_sourceSecretsChanged)
        {
            signal.SourceSecrets.Set();
        }

        foreach (var endpoint in _dueEndpoints)
        {
            signal.Due(endpoint);
        }

        signal.Commit();
        var isChanged = _changed;
        ForgetSignals();
        return isChanged;
    }

    /// <returns><see langword="false"/> if the connection can no longer be used.</returns>
    public bool TryRollback()
    {
        // Ids assigned in the transaction are lost with it.
        _sources.Clear();
        _eventTypes.Clear();
        _indexedThrough = null;
        ForgetSignals();
        Endpoints.Forget();
        Changes.Forget();
        try
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                Statement("ROLLBACK").Execute();
            }

            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        // As the last one to close, the writer checkpoints its log into the database.
        checkpoints.Dispose();
        connection.Dispose();
    }

    private void ForgetSignals()
    {
        _eventsStored = false;
        _endpointsChanged = false;
        _replayAdded = false;
        _changed = false;
        _sourceSecretsChanged = false;
        _dueEndpoints.Clear();
    }

    private long IdOf(Dictionary<string, long> known, string name, string find, string add)
    {
        const int maxKnown = 10_000;
        if (known.TryGetValue(name, out var id))
        {
            return id;
        }

        if (Statement(find).Scalar(name) is long found)
        {
            id = found;
        }
        else
        {
            Statement(add).Execute(name);
            id = LastSequence;
        }

        // Names come from outside and are unbounded.
        if (known.Count >= maxKnown)
        {
            known.Clear();
        }

        known.Add(name, id);
        return id;
    }
}
