using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.PostgreSql;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.PostgreSql;

/// <summary>A database of its own on the server of the tests, opened by one node or by two.</summary>
internal sealed class PostgreSqlHarness : StoreHarness
{
    private readonly TimeSpan _repeatWindow;
    private readonly TimeProvider _timeProvider;
    private readonly bool _ownsDatabase;
    private readonly bool _hasOwnClock;
    private readonly List<PostgreSqlHarness> _others = [];
    private bool _isClosed;
    private Parts _parts;

    private PostgreSqlHarness(string connectionString, TimeSpan repeatWindow, TimeProvider timeProvider, bool ownsDatabase, bool hasOwnClock)
    {
        ConnectionString = connectionString;
        _repeatWindow = repeatWindow;
        _timeProvider = timeProvider;
        _ownsDatabase = ownsDatabase;
        _hasOwnClock = hasOwnClock;
        _parts = Make();
    }

    public string ConnectionString { get; }

    public override bool IsShared => true;

    public override TimeProvider Time => _timeProvider;

    public override IStore Lifetime => _parts.Lifetime;

    public override IInbox Inbox => _parts.Inbox;

    public override IEventHistory History => _parts.History;

    public override IEndpointStore Endpoints => _parts.Endpoints;

    public override IDispatchStore Dispatching => _parts.Queue;

    public override IDeliveryQueue Queue => _parts.Queue;

    public override IDeliveryHistory Deliveries => _parts.Deliveries;

    public override IReplayStore Replays => _parts.Replays;

    public override IRetentionStore Retention => _parts.Retention;

    public override IClockStore Clocks => _parts.Clocks;

    public override IStatisticsStore Statistics => _parts.Statistics;

    public override IAccessStore Access => _parts.Access;

    public override ISourceSecretStore SourceSecrets => _parts.SourceSecrets;

    public override IChangeLog Changes => _parts.Changes;

    public override IIdEndings IdEndings => _parts.IdEndings;

    /// <summary>The copy of the template that it has opened, which another test can use.</summary>
    private string? Copy { get; init; }

    public PostgreSqlDatabase Database => _parts.Database;

    public PostgreSqlWriter Writer => _parts.Writer;

    public PostgreSqlReader Reader => _parts.Reader;

    /// <summary>Opens a copy of an empty store, which has the identity and the key of the original.</summary>
    public static async Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        await OpenCopyAsync(isPooled: false, repeatWindow, timeProvider);

    /// <summary>Opens a copy of an empty store through PgBouncer in transaction mode.</summary>
    public static async Task<StoreHarness> CreatePooledAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        await OpenCopyAsync(isPooled: true, repeatWindow, timeProvider);

    /// <summary>Creates a store in an empty database.</summary>
    public static async Task<StoreHarness> CreateEmptyAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        await OpenAsync(await PostgreSqlServers.CreateAsync(), repeatWindow, timeProvider);

    /// <summary>Opens a database, which is dropped in the end.</summary>
    public static async Task<PostgreSqlHarness> OpenAsync(
        string connectionString, TimeSpan repeatWindow, TimeProvider timeProvider, bool ownsDatabase = true, bool hasOwnClock = false)
    {
        var harness = new PostgreSqlHarness(connectionString, repeatWindow, timeProvider, ownsDatabase, hasOwnClock);
        await harness.Lifetime.OpenAsync(CancellationToken.None);
        return harness;
    }

    public override async Task ReopenAsync()
    {
        await CloseAsync();
        _parts = Make();
        _isClosed = false;
        await Lifetime.OpenAsync(CancellationToken.None);
    }

    public override async Task<StoreHarness?> OpenSecondAsync()
    {
        var second = await OpenAsync(ConnectionString, _repeatWindow, _timeProvider, ownsDatabase: false);
        _others.Add(second);
        return second;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
        {
            await other.CloseAsync();
        }

        await CloseAsync();
        if (Copy is { } copy)
        {
            await PostgreSqlServers.ReturnStoreAsync(copy);
        }
        else if (_ownsDatabase)
        {
            await (await PostgreSqlServers.GetAsync()).DropDatabaseAsync(ConnectionString);
        }
    }

    private static async Task<PostgreSqlHarness> OpenCopyAsync(bool isPooled, TimeSpan repeatWindow, TimeProvider timeProvider)
    {
        var copy = await PostgreSqlServers.CopyStoreAsync();
        var harness = new PostgreSqlHarness(
            isPooled ? PostgreSqlServers.Pooled(copy) : copy, repeatWindow, timeProvider, ownsDatabase: false, hasOwnClock: false) { Copy = copy };
        await harness.Lifetime.OpenAsync(CancellationToken.None);
        return harness;
    }

    private async Task CloseAsync()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        await _parts.Notifier.DisposeAsync();
        _parts.Writer.Dispose();
        _parts.Reader.Dispose();
        _parts.Database.Dispose();
    }

    private Parts Make()
    {
        var database = new PostgreSqlDatabase(ConnectionString, _hasOwnClock);
        var notifier = new PostgreSqlNotifier(new StoreSignal());
        var writer = new PostgreSqlWriter(database, notifier, new StoreClock(_timeProvider), _timeProvider);
        var reader = new PostgreSqlReader(database);
        var numbers = new PostgreSqlChangeNumbers(writer, reader);
        return new Parts(
            database, notifier, writer, reader, new PostgreSqlStore(database, writer, notifier), new PostgreSqlInbox(writer, _repeatWindow),
            new PostgreSqlEventHistory(reader, _timeProvider), new PostgreSqlEndpointStore(writer, reader),
            new PostgreSqlDeliveryQueue(writer, reader, _timeProvider), new PostgreSqlDeliveryHistory(reader, writer.Clock, _timeProvider),
            new PostgreSqlReplayStore(writer, reader), new PostgreSqlRetentionStore(writer, numbers, _repeatWindow),
            new PostgreSqlClockStore(reader), new PostgreSqlStatisticsStore(writer, reader, numbers),
            new PostgreSqlAccessStore(writer, reader, _timeProvider), new PostgreSqlChangeLog(reader, numbers),
            new PostgreSqlIdEndings(reader), new PostgreSqlSourceSecretStore(writer, reader));
    }

    private sealed record Parts(
        PostgreSqlDatabase Database,
        PostgreSqlNotifier Notifier,
        PostgreSqlWriter Writer,
        PostgreSqlReader Reader,
        PostgreSqlStore Lifetime,
        PostgreSqlInbox Inbox,
        PostgreSqlEventHistory History,
        PostgreSqlEndpointStore Endpoints,
        PostgreSqlDeliveryQueue Queue,
        PostgreSqlDeliveryHistory Deliveries,
        PostgreSqlReplayStore Replays,
        PostgreSqlRetentionStore Retention,
        PostgreSqlClockStore Clocks,
        PostgreSqlStatisticsStore Statistics,
        PostgreSqlAccessStore Access,
        PostgreSqlChangeLog Changes,
        PostgreSqlIdEndings IdEndings,
        PostgreSqlSourceSecretStore SourceSecrets);
}
