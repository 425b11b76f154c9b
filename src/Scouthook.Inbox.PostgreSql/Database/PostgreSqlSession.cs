using Npgsql;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>One transaction, with what it knows and what it signals once it is committed.</summary>
/// <param name="connection">The connection.</param>
/// <param name="transaction">The transaction.</param>
/// <param name="database">The database.</param>
/// <param name="clock">The clock for waits and ages.</param>
/// <param name="node">This process.</param>
internal sealed class PostgreSqlSession(
    NpgsqlConnection connection, NpgsqlTransaction transaction, PostgreSqlDatabase database, StoreClock clock, NodeIdentity node)
{
    /// <summary>The class of the advisory locks of the whole store.</summary>
    public const int LockClass = 1_935_894_895;

    /// <summary>Makes the commit wait for the disk where the server would not, and never wait for less than the server says.</summary>
    public const string Synced =
        "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') IN ('off', 'local')";

    /// <summary>
    /// Lets the server end a transaction that its node has stopped working on: a node that is suspended, or whose machine is
    /// gone, would keep the others from appending for as long as its connection looks alive.
    /// </summary>
    private const string Abandoned = "set_config('idle_in_transaction_session_timeout', '5s', true)";

    private const string ShareLock = "SELECT pg_advisory_xact_lock_shared($1, $2)";
    private const string TakeLock = "SELECT pg_advisory_xact_lock($1, $2)";
    private const int DeliveriesClass = LockClass + 1;

    private readonly Dictionary<long, bool> _deliveryLocks = [];
    private string? _opening;
    private bool _isSynced = true;
    private bool _hasBulk;
    private bool _hasAppend;

    public NodeIdentity Node => node;

    public PostgreSqlSignals Signals { get; } = new();

    public PostgreSqlNames Names => field ??= new PostgreSqlNames(this, database.Names);

    /// <summary>The endpoints as this transaction sees them.</summary>
    public PostgreSqlEndpointCache Endpoints => field ??= new PostgreSqlEndpointCache(this);

    /// <summary>The time now.</summary>
    public StoreTime Time => clock.Time;

    /// <summary>The age clock; <see langword="null"/> until its last stored value has been read.</summary>
    public DateTimeOffset? Age => clock.Age;

    /// <summary>True if instants and ids of events come from the database, whatever the clock of the node says.</summary>
    public bool StampsEvents => database.HasOwnClock;

    /// <summary>The newest stored event; 0 without any.</summary>
    public long NewestEvent => Statement("SELECT max(sequence) FROM event").Scalar() is long newest ? newest : 0;

    public PostgreSqlStatement Statement(string sql)
    {
        if (TakeOpening() is { } opening)
        {
            new PostgreSqlStatement(connection, transaction, opening).Execute();
        }

        return new PostgreSqlStatement(connection, transaction, sql);
    }

    public PostgreSqlBatch Batch() => new(connection, transaction, TakeOpening);

    /// <summary>Lets the commit not wait for the disk: what it does was promised to nobody.</summary>
    public void BeginRelaxed()
    {
        _opening = $"SELECT {Abandoned}, set_config('synchronous_commit', 'off', true)";
        _isSynced = false;
    }

    /// <summary>Makes the commit wait for the disk. Sent with the first statement, like the other.</summary>
    public void BeginSynced() => _opening = $"SELECT {Abandoned}, ({Synced})";

    /// <summary>Makes a commit wait for the disk after all.</summary>
    public void RequireSynced()
    {
        if (!_isSynced)
        {
            _isSynced = true;
            Statement("SET LOCAL synchronous_commit = DEFAULT").Execute();
            Statement(Synced).Execute();
        }
    }

    public void Lock(PostgreSqlLock which) => Statement(TakeLock).Execute(LockClass, (int)which);

    public void LockBulk(PostgreSqlBatch batch)
    {
        if (!_hasBulk)
        {
            batch.Add(TakeLock, LockClass, (int)PostgreSqlLock.Bulk);
            _hasBulk = true;
        }
    }

    public void LockBulk()
    {
        if (!_hasBulk)
        {
            Lock(PostgreSqlLock.Bulk);
            _hasBulk = true;
        }
    }

    public void LockAppend()
    {
        if (!_hasAppend)
        {
            Lock(PostgreSqlLock.Append);
            _hasAppend = true;
        }
    }

    /// <summary>Takes the append lock before the statements that are added to the batch afterwards.</summary>
    public void LockAppend(PostgreSqlBatch batch)
    {
        if (!_hasAppend)
        {
            batch.Add(TakeLock, LockClass, (int)PostgreSqlLock.Append);
            _hasAppend = true;
        }
    }

    /// <summary>Keeps every other transaction from adding, leasing, settling or reordering deliveries of an endpoint.</summary>
    public void LockDeliveries(long endpoint) => LockDeliveries(endpoint, isShared: false);

    /// <summary>
    /// Keeps deliveries of an endpoint from being added or reordered, while others lease and settle single ones too.
    /// </summary>
    public void ShareDeliveries(long endpoint) => LockDeliveries(endpoint, isShared: true);

    /// <inheritdoc cref="ShareDeliveries(long)"/>
    public void ShareDeliveries(PostgreSqlBatch batch, long endpoint)
    {
        if (_deliveryLocks.TryAdd(endpoint, true))
        {
            batch.Add(ShareLock, DeliveriesClass, (int)endpoint);
        }
    }

    private void LockDeliveries(long endpoint, bool isShared)
    {
        if (!_deliveryLocks.TryGetValue(endpoint, out var heldShared) || (heldShared && !isShared))
        {
            Statement(isShared ? ShareLock : TakeLock).Execute(DeliveriesClass, (int)endpoint);
            _deliveryLocks[endpoint] = isShared;
        }
    }

    private string? TakeOpening()
    {
        var opening = _opening;
        _opening = null;
        return opening;
    }

    // Signaled once the transaction is committed, and never if it is rolled back.
    public void SignalEvents() => Signals.Events = true;

    public void SignalEndpoints() => Signals.Endpoints = true;

    public void SignalReplay() => Signals.Replays = true;

    public void SignalChange() => Signals.Changed = true;

    public void SignalSourceSecrets() => Signals.SourceSecrets = true;

    public void SignalDue(Guid endpoint) => Signals.Due.Add(endpoint);
}
