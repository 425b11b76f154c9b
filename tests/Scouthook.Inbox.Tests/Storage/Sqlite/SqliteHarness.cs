using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>A SQLite file in a temporary folder.</summary>
internal sealed class SqliteHarness : StoreHarness
{
    private readonly Folder _folder = new();
    private readonly TimeSpan _repeatWindow;
    private readonly TimeProvider _timeProvider;
    private Parts _parts;

    private SqliteHarness(TimeSpan repeatWindow, TimeProvider timeProvider)
    {
        _repeatWindow = repeatWindow;
        _timeProvider = timeProvider;
        _parts = Make();
    }

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

    public override IChangeLog Changes => new SyncedChangeLog(_parts.Changes, _parts.Writer);

    public override IIdEndings IdEndings => _parts.IdEndings;

    public SqliteDatabase Database => _parts.Database;

    public SqliteWriter Writer => _parts.Writer;

    public StoreSignal Signal => _parts.Signal;

    public string Folder => _folder.Path;

    public static async Task<SqliteHarness> CreateAsync(
        TimeSpan repeatWindow, TimeProvider timeProvider, Action<string>? fill = null)
    {
        var harness = new SqliteHarness(repeatWindow, timeProvider);
        fill?.Invoke(harness.Folder);
        await harness.Lifetime.OpenAsync(CancellationToken.None);
        return harness;
    }

    public override async Task ReopenAsync()
    {
        Close();
        _parts = Make();
        await Lifetime.OpenAsync(CancellationToken.None);
    }

    public override ValueTask DisposeAsync()
    {
        Close();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Close()
    {
        _parts.Writer.Dispose();
        _parts.Database.Dispose();
    }

    private Parts Make()
    {
        var database = new SqliteDatabase(_folder["scouthook.db"]);
        var signal = new StoreSignal();
        var writer = new SqliteWriter(database, signal, _timeProvider);
        var reader = new SqliteReader(database);
        return new Parts(
            database, signal, writer, new SqliteStore(database, writer), new PartlyIndexedInbox(new SqliteInbox(writer, _repeatWindow), writer),
            new SqliteEventHistory(reader, _timeProvider), new SqliteEndpointStore(writer, reader),
            new SqliteDeliveryQueue(writer, reader), new SqliteDeliveryHistory(reader, writer.Clock, TimeProvider.System),
            new SqliteReplayStore(writer, reader), new SqliteRetentionStore(writer, _repeatWindow), new SqliteClockStore(reader),
            new SqliteStatisticsStore(writer, reader), new SqliteAccessStore(writer, reader, _timeProvider),
            new SqliteChangeLog(reader), new SqliteIdEndings(reader), new SqliteSourceSecretStore(writer, reader));
    }

    private sealed record Parts(
        SqliteDatabase Database,
        StoreSignal Signal,
        SqliteWriter Writer,
        SqliteStore Lifetime,
        PartlyIndexedInbox Inbox,
        SqliteEventHistory History,
        SqliteEndpointStore Endpoints,
        SqliteDeliveryQueue Queue,
        SqliteDeliveryHistory Deliveries,
        SqliteReplayStore Replays,
        SqliteRetentionStore Retention,
        SqliteClockStore Clocks,
        SqliteStatisticsStore Statistics,
        SqliteAccessStore Access,
        SqliteChangeLog Changes,
        SqliteIdEndings IdEndings,
        SqliteSourceSecretStore SourceSecrets);
}
